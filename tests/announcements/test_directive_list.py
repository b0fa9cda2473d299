import csv
import io
import json
import re
from datetime import date

import openpyxl
import pytest

from tests.announcements.conftest import add_directive

URL = "/van-ban/"


@pytest.fixture(scope="module")
def documents(units):
    """Six that everybody may read, one for people who sign in, one draft."""
    office, justice = units.office, units.justice
    old = add_directive(office, "38/KH-UBND", date(2018, 1, 30), expires_on=date(2018, 12, 31), field=units.it)
    plan = add_directive(
        office, "45/KH-UBND", date(2019, 2, 12), field=units.it, replaces=[old], abstract="Ứng dụng công nghệ thông tin"
    )
    add_directive(office, "145/KH-UBND", date(2019, 5, 6), abstract="Bảo vệ rừng", field=units.forest, amends=[plan])
    add_directive(justice, "08/TTr-PTP", date(2019, 6, 3), expires_on=date(2019, 6, 30), abstract="Về bộ phận một cửa")
    add_directive(justice, "12/2019/QĐ-PTP", date(2019, 7, 1), abstract="=Quy định tiếp công dân")
    add_directive(justice, "341/KH-PTP", date(2019, 11, 12), effective_on=date(2019, 12, 1))
    add_directive(justice, "900/KH-PTP", date(2019, 8, 1), restricted=True)
    add_directive(justice, "901/KH-PTP", date(2019, 8, 1), live=False)
    return units


@pytest.fixture
def listed(documents, read):
    return lambda **parameters: read(URL, **parameters)


def test_the_list_has_what_everybody_may_read_newest_first(listed):
    page = listed()
    assert page.total == 6
    assert page.references == [
        "341/KH-PTP",
        "12/2019/QĐ-PTP",
        "08/TTr-PTP",
        "145/KH-UBND",
        "45/KH-UBND",
        "38/KH-UBND",
    ]


def test_neither_a_draft_nor_a_private_document_is_told_of(listed):
    for form in ({}, {"format": "csv"}, {"format": "json"}, {"format": "atom"}):
        answer = listed(**form)
        text = answer.response.getvalue().decode() if answer.response.streaming else answer.html
        # Its number in any form; the bare digits may stand in the time of an update.
        assert re.search("90[01].kh", text, re.IGNORECASE) is None


@pytest.mark.parametrize(
    "typed",
    [
        "45/KH-UBND",
        "45 kh ubnd",
        "45/kh-ubnd",
        " 45 / KH – UBND ",
        "Kế hoạch số 45/KH-UBND",
        "45/kh-ubnd/2019",
        "45/KH-UBND ngày 12/02/2019",
    ],
)
def test_a_number_typed_in_any_form_finds_its_document_alone(listed, typed):
    assert listed(q=typed).references == ["45/KH-UBND"]


def test_a_legal_number_is_found_with_its_year(listed):
    assert listed(q="12/2019/qd-ptp").references == ["12/2019/QĐ-PTP"]


def test_part_of_a_number_finds_numbers_that_begin_so(listed):
    assert listed(q="45 kh").references == ["45/KH-UBND"]
    assert listed(q="8 ttr").references == ["08/TTr-PTP"]


@pytest.mark.parametrize("typed", ["cong nghe thong tin", "Công nghệ", "CÔNG  NGHỆ"])
def test_words_of_the_abstract_are_found_without_marks(listed, typed):
    assert listed(q=typed).references == ["45/KH-UBND"]


def test_a_number_that_is_nowhere_finds_nothing(listed):
    assert listed(q="77/KH-UBND").total == 0


@pytest.mark.parametrize(
    ("parameters", "found"),
    [
        ({"type": "quyet-dinh"}, []),
        ({"type": "to-trinh"}, ["08/TTr-PTP"]),
        ({"issuer": "van-phong"}, ["145/KH-UBND", "45/KH-UBND", "38/KH-UBND"]),
        ({"field": "lam-nghiep"}, ["145/KH-UBND"]),
        ({"field": ["lam-nghiep", "cong-nghe-thong-tin"], "year": "2018"}, ["38/KH-UBND"]),
        ({"year": "2018"}, ["38/KH-UBND"]),
        ({"year": "1990"}, []),
        ({"validity": "in_force"}, ["12/2019/QĐ-PTP", "145/KH-UBND", "45/KH-UBND"]),
        ({"validity": "partial"}, ["45/KH-UBND"]),
        ({"validity": "pending"}, ["341/KH-PTP"]),
        ({"validity": "expired"}, ["08/TTr-PTP"]),
        ({"validity": "replaced"}, ["38/KH-UBND"]),
        ({"issued_from": "06/05/2019", "issued_to": "2019-06-03"}, ["08/TTr-PTP", "145/KH-UBND"]),
        ({"issued_to": "31/12/2018"}, ["38/KH-UBND"]),
    ],
)
def test_each_filter_leaves_what_it_names(listed, parameters, found):
    assert listed(**parameters).references == found


def test_a_facet_does_not_narrow_itself(listed):
    page = listed(issuer="van-phong")
    assert page.counts("issuer") == {"van-phong": 3, "phong-tu-phap": 3}
    assert page.counts("year") == {"2019": 2, "2018": 1}
    assert page.counts("validity") == {"in_force": 2, "partial": 1, "replaced": 1}


def test_a_filter_in_use_can_be_taken_off(listed):
    page = listed(issuer="van-phong", year="2018", issued_from="01/01/2018")
    addresses = {chip.remove_url for chip in page.listing.chips}
    assert len(addresses) == 3
    assert "?issuer=van-phong&issued_from=01%2F01%2F2018" in addresses


def test_quick_filters_count_all_those_in_force_and_the_latest_year(listed):
    quick = listed(year="2019").listing.quick
    assert [(link.count, link.url, link.current) for link in quick] == [
        (6, "?", False),
        (3, "?validity=in_force", False),
        (5, "?year=2019", True),
    ]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("issued_from", "31/02/2019"),
        ("issued_to", "gestern"),
        ("type", "roman"),
        ("year", "19"),
        ("validity", "x"),
        ("issuer", "x'--"),
        ("field", "\x00"),
        ("q", "x" * 300),
    ],
)
def test_a_malformed_value_is_answered_with_the_field_named(listed, name, value):
    page = listed(**{name: value})
    assert page.status == 400
    assert [error["field"] for error in page.listing.errors] == [name]
    assert f'href="#id_{name}"' in page.html


def test_a_range_that_ends_before_it_begins_is_malformed(listed):
    page = listed(issued_from="02/01/2019", issued_to="01/01/2019")
    assert (page.status, page.listing.errors[0]["field"]) == (400, "issued_to")


@pytest.mark.parametrize("value", ["0", "-1", "eins", "1.5"])
def test_a_malformed_page_number_is_400(listed, value):
    assert listed(page=value).status == 400


def test_a_page_past_the_end_is_404_and_unknown_parameters_are_ignored(listed):
    assert listed(page="2").status == 404
    assert listed(utm_source="x", level="4").total == 6


def test_an_unknown_format_is_400(listed):
    assert listed(format="pdf").status == 400


def test_csv_has_the_rows_of_the_list_and_runs_no_formula(listed):
    rows = list(csv.DictReader(io.StringIO("\n".join(listed(year="2019", format="csv").lines))))
    assert [row["reference"] for row in rows] == listed(year="2019").references
    decision = next(row for row in rows if row["reference"] == "12/2019/QĐ-PTP")
    assert decision["abstract"].startswith("'=")
    assert decision["issued_on"] == "2019-07-01"
    assert decision["url"] == "http://testserver/van-ban/12-2019-qd-ptp/"


def test_json_and_xlsx_have_the_rows_of_the_list(listed):
    shown = listed(issuer="van-phong").references
    objects = json.loads(listed(issuer="van-phong", format="json").response.getvalue())
    assert [row["reference"] for row in objects] == shown
    assert [row["validity"] for row in objects] == ["in_force", "partial", "replaced"]
    book = openpyxl.load_workbook(io.BytesIO(listed(issuer="van-phong", format="xlsx").response.content))
    assert [row[0].value for row in list(book.active.rows)[1:]] == shown


def test_xlsx_keeps_what_begins_like_a_formula_as_text(listed):
    book = openpyxl.load_workbook(io.BytesIO(listed(q="12/2019/QĐ-PTP", format="xlsx").response.content))
    cells = [cell for cell in list(book.active.rows)[1] if str(cell.value).startswith("=")]
    assert [cell.data_type for cell in cells] == ["s"]


def test_the_feed_has_the_rows_of_the_list(listed):
    answer = listed(year="2018", format="atom")
    assert answer.response["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert answer.html.count("<entry") == 1
    assert "/van-ban/38-kh-ubnd-2018/" in answer.html
    assert "?year=2018&amp;format=atom" in listed(year="2018").html


def test_rows_say_what_decides_their_state(listed):
    notes = {row["reference"]: (row["status"]["kind"], row["note"]) for row in listed().listing.rows}
    assert notes["38/KH-UBND"][0] == "error"
    assert "45/KH-UBND" in notes["38/KH-UBND"][1]
    assert notes["45/KH-UBND"][0] == "warn"
    assert "145/KH-UBND" in notes["45/KH-UBND"][1]
    assert notes["08/TTr-PTP"][0] == "grey"
    assert notes["341/KH-PTP"][0] == "info"
    assert notes["145/KH-UBND"][0] == "ok"


def test_the_list_asks_as_often_for_twenty_rows_as_for_one(documents, count_queries):
    before = count_queries(f"{URL}?q=45/KH-UBND")
    for number in range(500, 520):
        add_directive(documents.office, f"{number}/KH-UBND", field=documents.it)
    assert count_queries(URL) == before
    assert before.again <= 12
