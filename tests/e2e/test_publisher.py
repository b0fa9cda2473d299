"""What unit and board have approved is read by everybody, and what they take back says so."""

import pytest
from playwright.sync_api import expect

from tests.e2e.editor import choose_new_file, decide, number_of, save_draft, send, start_page
from tests.e2e.survey import barriers

pytestmark = pytest.mark.browser

SECTION = "Phòng Tư pháp"
SUMMARY = "Đội y tế phun thuốc tại thôn Đồng Chùa trong ba ngày."


def write(page, portal, title: str) -> None:
    start_page(page, portal.url, SECTION, "announcements/announcementpage")
    page.fill("#id_title", title)
    page.fill("#id_summary", SUMMARY)


def publish(staff, portal, page, title: str) -> str:
    """Save what was written and let it be approved; return its number."""
    save_draft(page)
    number = number_of(page)
    send(page, portal.url, number)
    for name in ("truongphong", "banbientap"):
        decide(staff(name).page, portal.url, title, "Duyệt")
    return number


def test_an_announcement_with_a_file_is_published_and_found_by_the_public_search(
    staff, new_visitor, crawler, portal, pdf
):
    title = "Lịch phun thuốc diệt muỗi thôn Đồng Chùa"
    editor = staff("bientap")
    write(editor.page, portal, title)
    editor.page.locator("#id_files-ADD").click()
    choose_new_file(editor.page, "#id_files-0-document-chooser", pdf)
    publish(staff, portal, editor.page, title)

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
    title, reason = "Thông báo đăng nhầm của Phòng Tư pháp", "Đăng nhầm kỳ họp."
    page = staff("bientap").page
    write(page, portal, title)
    number = publish(staff, portal, page, title)
    board = staff("banbientap").page
    board.goto(f"{portal.url}/admin/pages/{number}/edit/")
    board.locator("header [data-w-dropdown-target=toggle]").first.click()
    board.get_by_role("link", name="Rút trang…").click()
    board.locator("main form button[type=submit]").click()
    expect(board.locator("main form")).to_contain_text("Nêu lý do rút trang")
    board.fill("#id_reason", reason)
    board.locator("main form button[type=submit]").click()
    expect(board.locator(".messages")).to_contain_text(title)

    address = "/thong-bao/thong-bao-dang-nham-cua-phong-tu-phap/"
    assert crawler.get(address).status == 410
    page = new_visitor().open(address)
    expect(page.get_by_role("heading", level=1)).to_contain_text("rút lại")
    expect(page.get_by_role("main")).to_contain_text(reason)
    expect(page.get_by_role("main").locator("input[name=q]")).to_be_visible()
    assert barriers(page) == []


def test_a_draft_is_not_found_and_its_file_is_not_handed_out(staff, crawler, portal, pdf):
    title = "Bản nháp chưa đăng của Phòng Tư pháp"
    page = staff("bientap").page
    write(page, portal, title)
    page.locator("#id_files-ADD").click()
    choose_new_file(page, "#id_files-0-document-chooser", pdf)
    page.locator("footer button.action-save").click()
    expect(page.locator(".messages")).to_contain_text(title)
    document = page.locator("#id_files-0-document").input_value()
    assert title not in crawler.get("/tim-kiem/?q=ban+nhap+chua+dang").text
    assert crawler.get(f"/documents/{document}/{pdf.name}").status in {302, 403, 404}
