"""A citizen with a phone finds out which papers are needed."""

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import PHONE

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_birth_registration_is_found_without_marks_and_says_which_papers_are_needed(new_visitor, script):
    visitor = new_visitor(PHONE, script=script, is_mobile=True, has_touch=True)
    page = visitor.open("/")
    box = page.get_by_role("main").locator("input[name=q]")
    box.fill("khai sinh")
    box.press("Enter")

    first = page.locator("main .best h2 a, main .hits h2 a").first
    expect(first).to_have_text("Đăng ký khai sinh")
    first.tap()

    expect(page.get_by_role("heading", level=1)).to_have_text("Đăng ký khai sinh")
    page.locator("summary").filter(has_text="Nội dung trang").tap()
    page.locator(".toc a[href='#papers']").tap()
    expect(page.get_by_role("heading", name="Giấy tờ cần có")).to_be_in_viewport()
    expect(page.get_by_role("rowheader", name="Tờ khai đăng ký khai sinh")).to_be_in_viewport()
    assert visitor.faults == []


def test_the_answer_is_on_the_first_screen_of_a_phone(new_visitor):
    page = new_visitor(PHONE).open("/dich-vu-cong/dang-ky-khai-sinh/")
    for label in ("Giấy tờ", "Thời hạn", "Lệ phí"):
        expect(page.locator(".answer").get_by_text(label, exact=True).first).to_be_in_viewport()


def test_the_menu_of_a_phone_opens_without_script(new_visitor):
    page = new_visitor(PHONE, script=False, is_mobile=True, has_touch=True).open("/")
    page.locator("details.menu summary").tap()
    page.locator("nav.menu-panel").get_by_role("link", name="Thông báo").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thông báo")
