"""The catalogue as a table: columns to choose, totals by level and by unit and field."""

import re

import pytest

from core.page_cache import forget
from tests import factories as make
from tests.services.catalogue.conftest import ALL


@pytest.fixture
def table(read):
    return lambda **parameters: read(view="table", **parameters)


def headings(answer):
    table = re.search(r'<table class="cards lookup">.*?</thead>', answer.html, re.DOTALL)[0]
    return re.findall(r'<th scope="col">([^<]+)</th>', table)


def numbers(answer):
    return [(row.level, row.exact, row.or_above) for row in answer.response.context_data["levels"]]


def test_a_table_has_the_services_of_the_list(table):
    assert len(table().listing.rows) == len(ALL)


def test_columns_are_shown_in_the_order_of_files_whatever_order_is_asked_for(table):
    assert headings(table(columns=["level", "code"])) == ["Mã", "Mức độ"]


def test_the_name_comes_first_on_a_page_whatever_order_files_have(table):
    assert headings(table())[:2] == ["Dịch vụ công", "Mã"]


def test_an_unknown_column_is_refused(read):
    assert read(columns="password").status == 400


def test_files_have_the_columns_asked_for_only(client, town, db):
    text = client.get("/dich-vu-cong/?format=csv&columns=code&columns=level&level=4").getvalue().decode("utf-8-sig")
    assert text.split() == ["code,level", f"{town.marriage.code},4"]


def test_totals_are_given_exactly_and_cumulatively(table):
    assert numbers(table()) == [(4, 1, 1), (3, 2, 3), (2, 0, 3), (1, 0, 3), (None, 1, None)]


def test_totals_are_those_of_the_filters(table):
    assert numbers(table(level="3")) == [(4, 0, 0), (3, 2, 2), (2, 0, 2), (1, 0, 2)]


def test_the_cumulative_column_says_that_it_is(table):
    assert "lũy kế" in table().html


def test_each_unit_counts_its_services_by_field(table):
    matrix = table().response.context_data["matrix"]
    assert {row["name"]: row["numbers"] for row in matrix.rows} == {"Phòng Tư pháp": [1, 1], "Xã Nam Sơn": [0, 2]}


def test_a_service_of_two_units_is_counted_once_in_the_last_row(table):
    matrix = table().response.context_data["matrix"]
    assert (matrix.fields, matrix.totals, matrix.total) == (["Đất đai", "Hộ tịch"], [1, 3], 4)


def test_the_row_names_the_decision_and_the_day_of_the_level(table, town):
    answer = table(columns=["title", "level_since", "level_decision"])
    assert "01/01/2019" in answer.html
    assert town.marriage.maturity_records.get().decision_number in answer.html


def test_filters_and_links_keep_the_table(table):
    answer = table(level="4")
    assert all("view=table" in link.url for link in answer.listing.quick)
    assert {"name": "view", "value": "table"} in answer.listing.hidden
    assert answer.listing.clear_url == "?view=table"


def test_a_cell_names_some_units_and_says_how_many_more_there_are(table, town):
    for number in range(3):
        town.parcel.units.add(make.add_unit(f"Xã số {number}", kind="commune").department)
        town.parcel.save()
    forget()
    assert "Phòng Tư pháp; Xã số 0 và 2 đơn vị khác" in table(columns=["title", "units"]).html


def test_the_view_is_no_filter_in_use(table):
    assert table().listing.chips == []
