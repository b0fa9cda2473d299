"""Reports of the editorial work: who reads them, and what becomes of filters and files."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from editorial.report_views import REPORTS
from editorial.reports.filters import PeriodFilter
from editorial.reports.scope import scope_of


def ask(client, name, **query):
    return client.get(reverse("editorial:report", args=[name]), query)


def table_of(answer):
    """Rows of a CSV file, its header first."""
    text = b"".join(answer.streaming_content).decode()
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))


def queries_of(client, name, **query):
    """Queries of the page and of the file; the file alone, which has no menu around it, takes 14 at most."""
    ask(client, name, **query)
    with CaptureQueriesContext(connection) as page:
        ask(client, name, **query)
    with CaptureQueriesContext(connection) as file:
        table_of(ask(client, name, format="csv", **query))
    assert len(file) <= 14
    return len(page), len(file)


@pytest.fixture(params=REPORTS)
def name(request):
    return request.param


@pytest.mark.parametrize("who", ["head", "board", "admin"])
def test_heads_board_and_superusers_read_every_report(as_, name, who):
    assert ask(as_(who), name).status_code == 200


@pytest.mark.parametrize("format", ["", "csv", "xlsx"])
@pytest.mark.parametrize("who", ["author", "colleague"])
@pytest.mark.parametrize("of_deciders", [name for name in REPORTS if REPORTS[name].scope_of is scope_of])
def test_authors_read_no_report_of_deciders_nor_its_files(as_, of_deciders, who, format):
    answer = ask(as_(who), of_deciders, format=format)
    assert answer.status_code == 302 and answer.url == reverse("wagtailadmin_home")


def test_nobody_reads_a_report_without_signing_in(db, client, name, office):
    answer = ask(client, name)
    assert answer.status_code == 302 and "login" in answer.url


def test_a_head_cannot_ask_for_another_unit(as_, name, office):
    answer = ask(as_("head"), name, unit=office.other.department_id)
    assert answer.status_code == 400


def test_a_head_cannot_ask_for_pages_outside_of_units(as_, name):
    assert ask(as_("head"), name, unit="outside").status_code == 400


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("unit", "không có"),
        ("unit", "9" * 30),
        ("kind", "wagtailcore.page"),
        ("format", "pdf"),
        ("page", "0"),
        ("page", "một"),
        ("unit", "\x00"),
    ],
)
def test_a_filter_that_cannot_be_read_is_answered_with_its_name(as_, name, field, value):
    answer = ask(as_("board"), name, **{field: value})
    assert answer.status_code == 400
    assert [error["label"] for error in answer.context["errors"]] == [answer.context["form"].fields[field].label]


@pytest.mark.parametrize("value", ["31/02/2025", "hôm qua", "01/01/0001", "31/12/9999", "2025-13-01"])
@pytest.mark.parametrize("field", ["since", "until"])
@pytest.mark.parametrize("dated", [name for name in REPORTS if issubclass(REPORTS[name].filter_class, PeriodFilter)])
def test_a_day_that_is_none_is_answered_with_the_field_named(as_, dated, field, value):
    answer = ask(as_("board"), dated, **{field: value})
    assert answer.status_code == 400 and field in answer.context["form"].errors


def test_a_page_past_the_end_is_not_found(as_, name):
    assert ask(as_("board"), name, page="9" * 30).status_code == 404


def test_a_report_that_does_not_exist_is_not_found(as_):
    assert ask(as_("board"), "khong-co").status_code == 404


def test_files_have_the_columns_of_the_page(as_, name):
    client = as_("board")
    columns = [str(column) for column in ask(client, name).context["columns"]]
    assert table_of(ask(client, name, format="csv"))[0] == columns
    sheet = load_workbook(io.BytesIO(ask(client, name, format="xlsx").content)).active
    assert [cell.value for cell in next(sheet.iter_rows())] == columns


@pytest.mark.parametrize(("who", "offered"), [("board", True), ("head", True), ("author", False)])
def test_the_menu_offers_the_reports_to_those_who_read_them(as_, who, offered):
    answer = as_(who).get(reverse("wagtailadmin_home"))
    assert (f'"{reverse("editorial:reports")}"' in answer.content.decode()) is offered


def test_the_address_without_a_name_is_what_waits(as_):
    answer = as_("board").get(reverse("editorial:reports"))
    assert answer.context["page_title"] == REPORTS["waiting"].title
