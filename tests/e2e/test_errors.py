"""Pages that say no still help."""

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import PHONE

pytestmark = pytest.mark.browser


def test_a_missing_page_offers_the_search(new_visitor):
    page = new_visitor(PHONE).open("/khong-co-trang-nay/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Không có trang này")
    box = page.get_by_role("main").locator("input[name=q]")
    box.fill("ket hon")
    box.press("Enter")
    expect(page.locator("main .best h2 a, main .hits h2 a").first).to_contain_text("kết hôn")


def test_a_malformed_filter_leads_to_its_field(new_visitor):
    page = new_visitor().open("/van-ban/?issued_from=31/02/2019")
    notice = page.get_by_role("alert")
    expect(notice).to_contain_text("Nhập ngày có thật")
    notice.get_by_role("link").click()
    field = page.locator("#id_issued_from")
    expect(field).to_have_value("31/02/2019")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_be_in_viewport()


def test_a_malformed_filter_is_shown_opened_on_a_phone(new_visitor):
    page = new_visitor(PHONE, script=False).open("/van-ban/?issued_from=31/02/2019")
    expect(page.locator("#id_issued_from")).to_be_visible()


@pytest.mark.parametrize("path", ["/dich-vu-cong/?page=99", "/tim-kiem/?q=khai+sinh&page=99"])
def test_a_page_past_the_end_is_not_there(new_visitor, portal, path):
    page = new_visitor().page
    assert page.goto(portal.url + path).status == 404
    expect(page.get_by_role("main").locator("input[name=q]")).to_be_visible()


def test_an_empty_list_lets_filters_be_dropped(new_visitor):
    page = new_visitor().open("/dich-vu-cong/?q=khong+co+gi&level=4")
    expect(page.locator("[data-total]").first).to_have_attribute("data-total", "0")
    page.get_by_role("main").get_by_role("link", name="khong co gi").first.click()
    assert int(page.locator("[data-total]").first.get_attribute("data-total")) > 0
