"""Exports of a small catalogue, letter by letter: a change of the header or of a cell is seen here."""

import csv
import io
from pathlib import Path

import pytest
from django.core.management import call_command
from openpyxl import load_workbook

from core.exports import as_meant
from tests.services.fixtures.import_records import jsonl, record
from tests.services.fixtures.packages import NEW, OLD

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture
def export(run, unit, tmp_path):
    """`export(form)`: the file of a catalogue of three services, one with a level and a cell like a formula."""
    levels = {"maturity_level": "1", "maturity_date": "2019-12-31", "maturity_decision": "45/QĐ-UBND"}
    run(jsonl(tmp_path / "in.jsonl", record(conditions="=1+1", **levels), OLD, NEW))

    def _export(form):
        path = tmp_path / f"out.{form}"
        call_command("export_services", path)
        return path

    return _export


@pytest.mark.parametrize("form", ["csv", "json"])
def test_an_export_is_what_it_was(export, form):
    assert export(form).read_bytes().decode() == (GOLDEN / f"catalogue.{form}").read_bytes().decode()


def test_a_workbook_has_the_cells_of_the_csv_file(export):
    text = (GOLDEN / "catalogue.csv").read_bytes().decode("utf-8-sig")
    expected = [[as_meant(cell) for cell in row] for row in csv.reader(io.StringIO(text, newline=""))]
    sheet = load_workbook(export("xlsx"), read_only=True).worksheets[0]
    width = len(expected[0])
    found = [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    assert [row + [""] * (width - len(row)) for row in found] == expected
