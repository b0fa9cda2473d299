"""The portal board publishes an announcement with a file and takes it back."""

import pytest
from playwright.sync_api import expect

from tests.e2e.editor import act, choose_new_file, save_draft, start_page
from tests.e2e.survey import barriers

pytestmark = pytest.mark.browser

SECTION = "Phòng Y tế"
SUMMARY = "Đội y tế phun thuốc tại thôn Đồng Chùa trong ba ngày."


def write(page, portal, title: str) -> None:
    start_page(page, portal.url, SECTION, "announcements/announcementpage")
    page.fill("#id_title", title)
    page.fill("#id_summary", SUMMARY)


def test_an_announcement_with_a_file_is_published_and_found_by_the_public_search(
    staff, new_visitor, crawler, portal, pdf
):
    title = "Lịch phun thuốc diệt muỗi thôn Đồng Chùa"
    editor = staff("banbientap")
    write(editor.page, portal, title)
    editor.page.locator("#id_files-ADD").click()
    choose_new_file(editor.page, "#id_files-0-document-chooser", pdf)
    act(editor.page, "publish")
    expect(editor.page.locator(".messages")).to_contain_text(title)

    reader = new_visitor()
    page = reader.open("/tim-kiem/?q=phun+thuoc+dong+chua")
    page.get_by_role("main").get_by_role("link", name=title).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    expect(page.get_by_role("main")).to_contain_text(SUMMARY)
    file = crawler.get(page.locator(".files a").first.get_attribute("href"))
    assert (file.status, file.body) == (200, pdf.read_bytes())
    assert reader.faults == []
    assert not [fault for fault in editor.faults if fault.startswith("request to another host")]


def test_what_is_withdrawn_says_so_and_why(staff, new_visitor, crawler, portal):
    title = "Thông báo đăng nhầm của Phòng Y tế"
    admin = staff("quantri").page
    write(admin, portal, title)
    save_draft(admin)
    number = admin.url.split("/pages/")[1].split("/")[0]
    admin.goto(f"{portal.url}/admin/editorial/publish/{number}/")
    admin.fill("#id_reason", "Dựng trang cho phép thử")
    admin.locator("main form button[type=submit]").click()

    page = staff("banbientap").page
    page.goto(f"{portal.url}/admin/pages/{number}/edit/")
    page.locator("header [data-w-dropdown-target=toggle]").first.click()
    page.get_by_role("link", name="Rút trang…").click()
    page.locator("main form button[type=submit]").click()
    expect(page.locator("main form")).to_contain_text("Nêu lý do rút trang")
    page.fill("#id_reason", "Đăng nhầm")
    page.locator("main form button[type=submit]").click()
    expect(page.locator(".messages")).to_contain_text(title)

    address = "/thong-bao/thong-bao-dang-nham-cua-phong-y-te/"
    assert crawler.get(address).status == 410
    page = new_visitor().open(address)
    expect(page.get_by_role("heading", level=1)).to_contain_text("rút lại")
    expect(page.get_by_role("main")).to_contain_text("Đăng nhầm")
    expect(page.get_by_role("main").locator("input[name=q]")).to_be_visible()
    assert barriers(page) == []


def test_a_draft_is_not_found_and_its_file_is_not_handed_out(staff, crawler, portal, pdf):
    title = "Bản nháp chưa đăng của Phòng Y tế"
    page = staff("banbientap").page
    write(page, portal, title)
    page.locator("#id_files-ADD").click()
    choose_new_file(page, "#id_files-0-document-chooser", pdf)
    page.locator("footer button.action-save").click()
    expect(page.locator(".messages")).to_contain_text(title)
    document = page.locator("#id_files-0-document").input_value()
    assert title not in crawler.get("/tim-kiem/?q=ban+nhap+chua+dang").text
    assert crawler.get(f"/documents/{document}/{pdf.name}").status in {302, 403, 404}
