"""Staff ask how many procedures of one unit are at level 3 or 4, and take the list along."""

import csv
import io
import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

UNIT = "phong-tai-chinh-ke-hoach"


@pytest.fixture
def filtered(new_visitor):
    """The catalogue, filtered through its form by one unit and levels 3 and 4."""
    page = new_visitor().open("/dich-vu-cong/")
    form = page.locator(".facets form")
    for more in form.locator("details.other summary").all():
        more.click()
    for name, value in (("level", "3"), ("level", "4"), ("unit", UNIT)):
        form.locator(f"input[name={name}][value='{value}']").check()
    form.get_by_role("button", name="Áp dụng").click()
    expect(page).to_have_url(re.compile(f"unit={UNIT}"))
    return page


def total_of(page) -> int:
    return int(page.locator("[data-total]").first.get_attribute("data-total"))


def rows_over_all_pages(page) -> list[str]:
    found = []
    while True:
        found += page.locator("main table.listing tbody th a").all_inner_texts()
        following = page.locator("main a[rel=next]")
        if not following.count():
            return found
        following.click()


def test_the_count_is_the_number_of_rows_over_all_pages(filtered):
    total = total_of(filtered)
    rows = rows_over_all_pages(filtered)
    assert total == len(rows) > 0
    assert len(set(rows)) == len(rows)


def test_every_row_is_at_level_3_or_4(filtered):
    levels = set(filtered.locator("main table tbody .level").all_inner_texts())
    assert {level.strip() for level in levels} <= {"Mức 3", "Mức 4"} and levels


def test_the_csv_has_as_many_rows_as_the_list_says(filtered, crawler):
    address = filtered.locator(".downloads").get_by_role("link", name="CSV").get_attribute("href")
    answer = crawler.get("/dich-vu-cong/" + address)
    rows = list(csv.reader(io.StringIO(answer.body.decode("utf-8-sig"))))
    assert len(rows) - 1 == total_of(filtered)


def test_the_chosen_filters_can_be_dropped_one_by_one(filtered):
    before = total_of(filtered)
    filtered.locator(".chips a").filter(has_text="Mức 3").click()
    assert total_of(filtered) < before
    assert "level=4" in filtered.url and "level=3" not in filtered.url
