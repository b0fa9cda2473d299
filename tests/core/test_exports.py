"""Downloads: the same cells in every form, and none that a spreadsheet would run."""

import csv
import io
import json
from datetime import UTC, date, datetime
from xml.etree import ElementTree

import pytest
from django.test import RequestFactory
from openpyxl import load_workbook

from core.exports import FeedEntry, Table, as_moment, atom_response, csv_response, json_response, xlsx_response

COLUMNS = ("code", "title", "level", "day")
ROWS = [["1.000001", "Đăng ký khai sinh", 3, date(2019, 1, 2)], ["1.000002", 'Cấp "bản sao", trích lục', None, None]]
FORMULAS = ["=1+1", "+84 24", "-1", "@SUM(A1)", "\tx", "\r=1"]


def table(rows=ROWS):
    return Table("danh-sach", COLUMNS, rows)


def csv_rows(rows=ROWS):
    return list(csv.reader(io.StringIO(csv_response(table(rows)).getvalue().decode("utf-8-sig"))))


def xlsx_rows(rows=ROWS):
    sheet = load_workbook(io.BytesIO(xlsx_response(table(rows)).content)).active
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def json_rows(rows=ROWS):
    return json.loads(json_response(table(rows)).getvalue())


def one_cell(value):
    return [[value, "", None, None]]


def test_csv_begins_with_the_mark_by_which_spreadsheets_know_vietnamese_letters():
    assert csv_response(table()).getvalue().startswith(b"\xef\xbb\xbf")


def test_csv_has_the_header_and_every_row():
    assert csv_rows() == [list(COLUMNS), ["1.000001", "Đăng ký khai sinh", "3", "2019-01-02"], [*ROWS[1][:2], "", ""]]


def test_xlsx_has_the_header_and_every_row():
    assert xlsx_rows() == [list(COLUMNS), [*ROWS[0][:3], datetime(2019, 1, 2)], ROWS[1]]


def test_json_has_an_object_for_every_row():
    assert json_rows() == [
        dict(zip(COLUMNS, [*ROWS[0][:3], "2019-01-02"], strict=True)),
        dict(zip(COLUMNS, ROWS[1], strict=True)),
    ]


@pytest.mark.parametrize("read", [csv_rows, xlsx_rows])
def test_an_empty_list_has_its_header(read):
    assert read([]) == [list(COLUMNS)]


def test_an_empty_list_is_an_empty_array():
    assert json_rows([]) == []


@pytest.mark.parametrize("text", FORMULAS)
def test_csv_puts_an_apostrophe_before_what_a_spreadsheet_would_run(text):
    assert csv_rows(one_cell(text))[1][0].startswith("'")


@pytest.mark.parametrize("text", ["=1+1", '=HYPERLINK("http://x")', "@SUM(A1)"])
def test_xlsx_keeps_a_formula_as_the_text_that_it_is(text):
    cell = load_workbook(io.BytesIO(xlsx_response(table(one_cell(text))).content)).active["A2"]
    assert (cell.value, cell.data_type) == (text, "s")


def test_xlsx_leaves_out_characters_that_its_format_forbids():
    assert xlsx_rows(one_cell("Khai\x0bsinh\x00"))[1][0] == "Khaisinh"


@pytest.mark.parametrize("make", [csv_response, xlsx_response, json_response])
def test_a_download_is_saved_under_the_name_of_the_list(make):
    assert make(table()).headers["Content-Disposition"].startswith('attachment; filename="danh-sach.')


def test_rows_may_come_one_by_one():
    assert len(json_rows(iter(ROWS))) == len(ROWS)


def feed():
    entry = FeedEntry("Lịch cắt điện", "https://cong.example/thong-bao/x/", "Từ 8 giờ", as_moment(date(2019, 3, 1)))
    request = RequestFactory().get("/thong-bao/", {"format": "atom"})
    return ElementTree.fromstring(atom_response(request, "Thông báo", "vi", [entry]).content)


ATOM = "{http://www.w3.org/2005/Atom}"


def test_an_entry_of_a_feed_is_known_by_its_address():
    assert feed().findtext(f"{ATOM}entry/{ATOM}id") == "https://cong.example/thong-bao/x/"


def test_an_entry_of_a_feed_says_when_it_changed():
    moment = datetime.fromisoformat(feed().findtext(f"{ATOM}entry/{ATOM}updated"))
    assert moment.astimezone(UTC) == datetime(2019, 2, 28, 17, tzinfo=UTC)


def test_a_feed_names_its_own_address():
    links = {link.get("rel"): link.get("href") for link in feed().findall(f"{ATOM}link")}
    assert links["self"] == "http://testserver/thong-bao/?format=atom"
