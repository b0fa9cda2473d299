"""The staff's report of dossier statistics: who reads it, its rows, its files, its queries."""

import csv
import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from departments.roles import ADMINISTRATOR, AUTHOR, PUBLISHER, REVIEWER, STAFF_READER, TRANSLATOR
from tests import factories as make
from tests.services.dossiers.reported import report


@pytest.fixture
def ask(client, office):
    """Ask for the report as the administrator."""
    client.force_login(office.admin)
    return lambda **query: client.get(reverse("statistics:report"), query)


@pytest.fixture
def reported(office):
    report(office.first, (2019, 2), (10, 30, 1, 5, 20, 5), procedure=office.births)
    report(office.first, (2019, 3), (20, 20, 2, 10, 25, 5), procedure=office.births)
    report(office.division, (2019, 3), (0, 4, 0, 0, 0, 0), procedure=office.copies)


def table_of(answer):
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


@pytest.mark.parametrize(
    ("role", "reads"),
    [
        (AUTHOR, True),
        (REVIEWER, True),
        (PUBLISHER, True),
        (STAFF_READER, True),
        (ADMINISTRATOR, False),
        (TRANSLATOR, False),
    ],
)
def test_who_reads_it(client, office, role, reads):
    client.force_login(make.add_member(role, office.sections["first"]))
    assert (client.get(reverse("statistics:report")).status_code == 200) is reads
    assert (reverse("statistics:report") in client.get(reverse("wagtailadmin_home")).content.decode()) is reads


def test_the_whole_comes_first_then_each_unit_with_the_months_it_reported(ask, reported):
    rows = table_of(ask(format="csv"))[1:]
    assert [row[:3] for row in rows] == [
        ["Tổng cộng", "", "30"],
        ["Phòng Tư pháp", "1/3", "0"],
        ["Xã Bắc Sơn", "2/3", "30"],
        ["Xã Minh Phú", "0/3", "0"],
    ]


def test_rates_stand_with_numerator_and_denominator_and_none_arose_is_said(ask, reported):
    rows = table_of(ask(format="csv"))[1:]
    assert rows[2][-3:-1] == ["30/83 (36,1%)", "60/70 (85,7%)"]
    assert rows[3][-2] == "không phát sinh"


@pytest.mark.parametrize(
    ("by", "first"),
    [
        ("unit-month", ["Phòng Tư pháp", "03/2019"]),
        ("month", ["01/2019", "0"]),
        ("field", ["Chứng thực", "1/3"]),
    ],
)
def test_rows_are_by_month_or_field_as_well(ask, reported, by, first):
    rows = table_of(ask(by=by, format="csv"))[1:]
    assert first in [row[:2] for row in rows]


def test_filters_narrow_it(ask, reported, office):
    rows = table_of(ask(unit=office.first.slug, month_from="03/2019", month_to="03/2019", format="csv"))[1:]
    assert [row[:3] for row in rows] == [["Tổng cộng", "", "20"], ["Xã Bắc Sơn", "1/1", "20"]]


@pytest.mark.parametrize("query", [{"month_from": "x"}, {"unit": "khong-co"}, {"by": "planet"}, {"format": "pdf"}])
def test_what_cannot_be_read_is_answered_with_the_field_named(ask, query):
    answer = ask(**query)
    assert answer.status_code == 400 and list(answer.context["form"].errors) == list(query)


def test_files_have_the_columns_of_the_page(ask, reported):
    columns = [str(column) for column in ask().context["columns"]]
    assert table_of(ask(format="csv"))[0][:-1] == columns
    sheet = load_workbook(io.BytesIO(ask(format="xlsx").content)).active
    assert [cell.value for cell in next(sheet.iter_rows())][:-1] == columns


def test_each_row_of_a_file_says_how_its_rates_are_counted(ask, reported):
    rows = table_of(ask(format="csv"))[1:]
    assert all(row[-1].startswith("Nguồn: số liệu do các đơn vị báo cáo kỳ 01/2019–03/2019") for row in rows)
    assert all("trực tuyến ÷ tổng số hồ sơ tiếp nhận" in row[-1] for row in rows)


def test_the_page_says_where_the_figures_come_from(ask, reported):
    assert "01/2019–03/2019" in ask().context["note"]


@pytest.mark.parametrize("by", ["unit", "unit-month", "month", "field"])
def test_it_takes_as_many_queries_for_many_units_as_for_one(ask, reported, office, django_assert_max_num_queries, by):
    for number in range(20):
        unit = make.add_unit(f"Xã số {number}", kind="commune").department
        procedure = make.add_procedure(make.add_field(f"Lĩnh vực {number}"), units=[unit])
        report(unit, (2019, 3), (1, 1, 1, 1, 1, 1), procedure=procedure)
    with django_assert_max_num_queries(12):
        table_of(ask(by=by, format="csv"))
