"""What is exported is read back as no change, by whatever format; cells are harmless."""

import csv
import io
import json

import pytest
from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from services.exporting import catalogue
from services.exporting.rows import COLUMNS
from services.importing.columns import HEADER
from services.models import MaturityRecord, ServicePage
from tests import factories as make
from tests.services.fixtures.import_command import count, service, state
from tests.services.fixtures.import_records import jsonl, record
from tests.services.fixtures.packages import NEW, OLD

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
FORMATS = ("csv", "xlsx", "json")


def _export(tmp_path, form, *options):
    path = tmp_path / f"out.{form}"
    call_command("export_services", path, *options)
    return path


def _cells(path):
    """Rows of a CSV or XLSX export by column, as they stand in the file."""
    if path.suffix == ".xlsx":
        header, *rows = load_workbook(path, read_only=True).worksheets[0].iter_rows(values_only=True)
    else:
        header, *rows = csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline=""))
    return [dict(zip(header, row, strict=False)) for row in rows]


def _imported():
    """What is exported, without the page of the editor, whose blanks an import puts in order."""
    return [row for row in catalogue.exported() if row["code"] != "1.900009"]


@pytest.fixture
def catalogue_with_everything(run, unit, tmp_path):
    """Services from prose, from both national forms and from an editor's hand, one with a level and one a draft."""
    hostile = record(
        "1.900003",
        name="=HYPERLINK(1)",
        result="'-1",
        conditions="@SUM(A1)",
        agency="+84",
        maturity_level="2",
        maturity_date="2019-12-31",
        maturity_decision="45/QĐ-UBND",
        maturity_flags="presence_required",
        documents="- Tờ khai [1 bản chính] (mẫu: a.docx)",
    )
    run(jsonl(tmp_path / "in.jsonl", record(), record("1.900002", result=""), hostile, OLD, NEW))
    make.add_service(unit, "Sửa tay", make.add_procedure(code="1.900009"))
    page = service("1.900009")
    page.channels = [("channel", make.channel(fees=[{"amount": 5000, "text": "  mỗi bản  ", "exemption": ""}]))]
    page.result = "KQ0360\nGiấy  xác nhận "
    page.conditions = "Không có thông tinTừ khóa"
    page.decision_number = "Quyết định số  12 /QĐ-UBND"
    page.full_name = ""
    page.save_revision().publish()
    MaturityRecord.objects.create(procedure=page.procedure, level=1, date="2020-01-01")
    return state()


@pytest.mark.parametrize("form", FORMATS)
def test_an_export_that_is_imported_again_changes_nothing(run, catalogue_with_everything, tmp_path, form):
    path = _export(tmp_path, form, "--drafts")
    output = run(path)
    assert count(output, "unchanged") == ServicePage.objects.count() == 6
    assert count(output, "refused") == 0
    assert "Levels recorded" not in output
    assert state() == catalogue_with_everything


@pytest.mark.parametrize("form", FORMATS)
def test_an_export_makes_the_same_catalogue_anew(run, catalogue_with_everything, tmp_path, form):
    path, before = _export(tmp_path, form), _imported()
    for page in ServicePage.objects.all():
        page.delete()
    run(path)
    assert _imported() == before


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_no_cell_of_an_export_is_a_formula(catalogue_with_everything, tmp_path, form):
    path = _export(tmp_path, form)
    if form == "csv":
        cells = [cell for row in _cells(path) for cell in row.values()]
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in cells)
    else:
        sheet = load_workbook(path).worksheets[0]
        assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "inlineStr"}


def test_only_what_readers_see_is_exported_unless_drafts_are_asked_for(catalogue_with_everything, tmp_path):
    live = {row["code"] for row in json.loads(_export(tmp_path, "json").read_text())}
    everything = {row["code"] for row in json.loads(_export(tmp_path, "json", "--drafts").read_text())}
    assert everything - live == {"1.900002"}


def test_every_column_of_an_export_is_one_of_an_import():
    assert set(COLUMNS) <= set(HEADER.by_name)


def test_a_text_longer_than_a_cell_goes_on_in_further_columns(run, unit, tmp_path, monkeypatch):
    monkeypatch.setattr(catalogue, "LONGEST_CELL", 100)
    run(jsonl(tmp_path / "in.jsonl", record(conditions="Điều kiện rất dài. " * 20), record("1.900002")))
    path = _export(tmp_path, "xlsx")
    (row, _other) = _cells(path)
    assert {"conditions", "conditions (2)", "conditions (4)"} <= set(row)
    assert max(len(str(cell or "")) for cell in row.values()) <= 100
    assert count(run(path, apply=False), "unchanged") == 2


def test_a_changed_cell_of_an_export_is_the_one_change(run, catalogue_with_everything, tmp_path):
    path = _export(tmp_path, "csv")
    path.write_text(path.read_text(encoding="utf-8-sig").replace("Giấy khai sinh", "Giấy khai sinh mới"))
    output = run(path, apply=False)
    assert count(output, "changed") == 1
    assert "~ 1.900101  result\n" in output


def test_an_ending_that_names_no_format_is_refused(tmp_path):
    with pytest.raises(CommandError, match=r"\.csv, \.xlsx, \.json"):
        _export(tmp_path, "pdf")


def test_a_folder_that_is_not_there_is_told(tmp_path):
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("export_services", tmp_path / "nowhere" / "a.csv")
