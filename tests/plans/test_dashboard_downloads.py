"""Downloads of the dashboard's indicators: the same figures as on the page."""

import csv
import io
import json
from datetime import date

import pytest
from openpyxl import load_workbook

from plans.models import Measure, Scope
from tests import factories as make
from tests.plans.build import add_plan, add_report, add_target

ADDRESS = "/ke-hoach-so-lieu/?year=2019&date=31/10/2019&format="


@pytest.fixture
def target(db):
    section = make.add_unit("Phòng Tư pháp")
    target = add_target(
        add_plan(), Measure.REPORTED_SHARE, 95, scope=Scope.UNITS, units=[section.department], name="=HYPERLINK()"
    )
    add_report(target, section.department, 90, 100, date(2019, 9, 30))
    return target


def rows_of(client) -> dict[str, list[dict]]:
    text = b"".join(client.get(ADDRESS + "csv").streaming_content).decode("utf-8-sig")
    array = b"".join(client.get(ADDRESS + "json").streaming_content)
    sheet = load_workbook(io.BytesIO(client.get(ADDRESS + "xlsx").content)).active
    header, *cells = sheet.iter_rows(values_only=True)
    return {
        "csv": list(csv.DictReader(io.StringIO(text))),
        "json": json.loads(array),
        "xlsx": [dict(zip(header, row, strict=True)) for row in cells],
    }


def test_every_format_has_the_figures_of_the_page(client, target):
    for name, (row,) in rows_of(client).items():
        found = {key: str(row[key]) for key in ("numerator", "denominator", "percent", "gap", "state", "units_behind")}
        assert {key: value.removesuffix(".0") for key, value in found.items()} == {
            "numerator": "90",
            "denominator": "100",
            "percent": "90",
            "gap": "-5",
            "state": "not_met",
            "units_behind": "Phòng Tư pháp",
        }, name


def test_a_rate_is_never_downloaded_without_what_explains_it(client, target):
    for name, (row,) in rows_of(client).items():
        assert all(row[key] for key in ("units", "date", "formula", "source")), name


def test_a_text_that_begins_like_a_formula_does_nothing(client, target):
    rows = rows_of(client)
    assert rows["csv"][0]["indicator"] == "'=HYPERLINK()"
    assert rows["xlsx"][0]["indicator"] == "=HYPERLINK()"
    sheet = load_workbook(io.BytesIO(client.get(ADDRESS + "xlsx").content)).active
    assert sheet["D2"].data_type == "s"


def test_a_plan_without_targets_is_a_table_without_rows(client, target):
    target.reports.all().delete()
    target.delete()
    assert rows_of(client) == {"csv": [], "json": [], "xlsx": []}
