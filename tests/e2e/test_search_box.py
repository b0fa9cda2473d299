"""Searching on a telephone, without marks, with suggestions that the keyboard and a screen reader can use."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import DESKTOP, PHONE
from tests.e2e.survey import STICKS_OUT, barriers

pytestmark = pytest.mark.browser


@pytest.fixture
def box(new_visitor):
    """The search box of a page on a telephone, with what was typed into it."""

    def typed(text, path="/thong-bao/", width=PHONE):
        visitor = new_visitor(width)
        page = visitor.open(path)
        box = page.locator("input[name=q]").first
        box.press_sequentially(text)
        return visitor, page, box

    return typed


def test_a_suggestion_is_chosen_from_the_keyboard(box):
    visitor, page, field = box("dang ky khai s")
    options = page.get_by_role("option")
    expect(options.first).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("status")).to_contain_text(re.compile(r"\d+ \S"))
    expect(options.first.locator("b").first).to_have_text("Đăng")

    field.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    assert field.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    name = options.first.locator("span").first.inner_text()
    field.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    assert visitor.faults == []


def test_escape_closes_the_suggestions_and_enter_searches_for_what_was_typed(box):
    _visitor, page, field = box("khai sinh")
    expect(page.get_by_role("option").first).to_be_visible()
    field.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(field).to_have_value("khai sinh")
    field.press("Enter")
    page.wait_for_url("**/tim-kiem/?q=khai+sinh")
    expect(page.locator("main .best h2, main .hits h2").first).to_contain_text("khai sinh")


def test_a_suggestion_can_be_pressed(box):
    _visitor, page, _field = box("ket hon")
    option = page.get_by_role("option").first
    option.click()
    page.wait_for_url(lambda url: "/thong-bao/" not in url)


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
@pytest.mark.parametrize("path", ["/", "/tim-kiem/?q=khai+sinh"])
def test_open_suggestions_have_no_barrier_and_fit(box, path, width):
    visitor, page, field = box(" dang ky", path, width)
    field.fill("dang ky")
    expect(page.get_by_role("option").first).to_be_visible()
    field.press("ArrowDown")
    assert barriers(page) == []
    assert page.evaluate(STICKS_OUT) == []
    assert visitor.faults == []


def test_without_script_the_box_and_the_results_work(new_visitor):
    page = new_visitor(PHONE, script=False).open("/thong-bao/")
    field = page.locator("input[name=q]").first
    field.fill("dang ky ket hon")
    field.press("Enter")
    expect(page.locator("main .best h2, main .hits h2").first).to_contain_text("kết hôn")
    assert page.locator("[role=combobox], [role=listbox]").count() == 0


def test_an_opened_result_is_told_and_the_result_opens(new_visitor):
    visitor = new_visitor(PHONE)
    page = visitor.open("/tim-kiem/?q=khai+sinh")
    with page.expect_request("**/tim-kiem/chon/") as told:
        page.locator("main .best h2 a, main .hits h2 a").first.click()
    assert told.value.method == "POST"
    assert "q=khai+sinh" in told.value.post_data
    expect(page.get_by_role("heading", level=1)).to_contain_text("khai sinh")
    assert visitor.context.cookies() == []
