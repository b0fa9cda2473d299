"""From the author's desk to the reader: sent with a deadline, refused to its author, sent back, mended, approved."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.editor import decide, number_of, save_draft, send, start_page
from tests.e2e.survey import barriers

pytestmark = pytest.mark.browser

SECTION = "Phòng Tư pháp"
REASON = "Cần ghi rõ giờ tiếp công dân."


def write(page: Page, portal, title: str) -> str:
    """Fill in an announcement of the unit and save it; return its number."""
    start_page(page, portal.url, SECTION, "announcements/announcementpage")
    page.fill("#id_title", title)
    page.fill("#id_summary", "Phòng tiếp công dân tại trụ sở.")
    save_draft(page)
    return number_of(page)


def test_from_the_author_to_the_reader(staff, new_visitor, portal, crawler):
    title = "Lịch tiếp công dân tháng Chạp"
    author, head, board = staff("bientap"), staff("truongphong"), staff("banbientap")
    number = write(author.page, portal, title)
    send(author.page, portal.url, number, "Trưởng phòng")
    expect(author.page.locator(".messages")).to_contain_text(title)

    decide(head.page, portal.url, title, "Trả lại người viết", REASON)
    author.page.goto(f"{portal.url}/admin/")
    expect(author.page.get_by_role("main")).to_contain_text(REASON)

    author.page.goto(f"{portal.url}/admin/pages/{number}/edit/")
    author.page.fill("#id_summary", "Phòng tiếp công dân từ 8 giờ đến 11 giờ 30.")
    save_draft(author.page)
    send(author.page, portal.url, number)
    decide(head.page, portal.url, title, "Duyệt")
    assert title not in crawler.get("/thong-bao/").text

    decide(board.page, portal.url, title, "Duyệt")
    expect(board.page.locator(".messages")).to_contain_text(title)
    page = new_visitor().open("/tim-kiem/?q=lich+tiep+cong+dan+thang+chap")
    page.get_by_role("main").get_by_role("link", name=title).first.click()
    expect(page.get_by_role("main")).to_contain_text("từ 8 giờ đến 11 giờ 30")


def test_nobody_approves_what_they_wrote(staff, portal):
    title = "Thông báo do Trưởng phòng viết"
    head, deputy = staff("truongphong"), staff("phophong")
    number = write(head.page, portal, title)
    send(head.page, portal.url, number)
    head.page.goto(f"{portal.url}/admin/editorial/review/{number}/")
    expect(head.page.get_by_role("main")).to_contain_text("phải do người khác duyệt")
    expect(head.page.get_by_role("button", name="Duyệt", exact=True)).to_have_count(0)
    decide(deputy.page, portal.url, title, "Duyệt")
    expect(deputy.page.locator(".messages")).to_contain_text("Ban Biên tập")


def test_the_page_of_the_decision_can_be_used_by_everybody(staff, portal):
    title = "Thông báo chờ đọc"
    author, head = staff("bientap"), staff("truongphong")
    number = write(author.page, portal, title)
    send(author.page, portal.url, number)
    head.page.goto(f"{portal.url}/admin/editorial/review/{number}/")
    expect(head.page.frame_locator("iframe").get_by_role("heading", level=1)).to_contain_text(title)
    assert [fault for fault in barriers(head.page) if "review" in fault] == []
    assert not [fault for fault in head.faults if fault.startswith("request to another host")]
