"""The switcher keeps the page; where it is not there in English, that is said and a way is offered."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def switch(page, name: str):
    page.locator("ul.languages").get_by_role("link", name=name).click()
    return page


def test_a_service_stays_the_same_service(new_visitor):
    page = switch(new_visitor().open("/dich-vu-cong/dang-ky-khai-sinh/"), "English")
    expect(page.get_by_role("heading", level=1)).to_have_text("Birth registration")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    switch(page, "Tiếng Việt")
    expect(page.get_by_role("heading", level=1)).to_have_text("Đăng ký khai sinh")
    expect(page.locator("html")).to_have_attribute("lang", "vi")


@pytest.mark.parametrize(
    ("path", "english"),
    [
        ("/", "/en/"),
        ("/dich-vu-cong/", "/en/services/"),
        ("/don-vi/phong-tu-phap/", "/en/departments/phong-tu-phap/"),
        ("/tim-kiem/?q=45%2FKH-UBND", "/en/search/?q=45%2FKH-UBND"),
        ("/so-do-trang/", "/en/site-map/"),
        ("/quyen-rieng-tu/", "/en/privacy/"),
    ],
)
def test_the_switcher_leads_to_the_same_page(new_visitor, portal, path, english):
    page = switch(new_visitor().open(path), "English")
    expect(page).to_have_url(portal.url + english)


def test_a_page_that_is_not_there_in_english_says_so(new_visitor):
    page = new_visitor().open("/van-ban/45-kh-ubnd-2019/")
    languages = page.locator("ul.languages")
    expect(languages.get_by_role("link", name="English")).to_have_count(0)
    expect(languages).to_contain_text("chưa có trang này")


def test_an_english_address_of_a_vietnamese_page_offers_the_vietnamese_one(new_visitor):
    page = new_visitor().open("/en/services/tach-thua-hoac-hop-thua-dat/")
    expect(page.get_by_role("main")).to_contain_text("This page is not available in this language")
    page.get_by_role("main").get_by_role("link", name="Tiếng Việt").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tách thửa hoặc hợp thửa đất")


VIETNAMESE_INTERFACE = ("Mức 4", "Tìm kiếm", "Áp dụng", "Trang chủ", "Cập nhật ngày", "Miễn phí")


@pytest.mark.parametrize("path", ["/en/", "/en/services/", "/en/services/birth-registration/", "/en/departments/"])
def test_no_interface_string_is_left_in_vietnamese(new_visitor, path):
    text = new_visitor().open(path).locator("body").inner_text()
    assert [words for words in VIETNAMESE_INTERFACE if words in text] == []
