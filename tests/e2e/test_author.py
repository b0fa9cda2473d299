"""An author's unfinished service: what is missing is said in words, and nothing typed is lost."""

import pytest
from playwright.sync_api import expect

from tests.e2e.editor import act, choose_record, save_draft, start_page

pytestmark = pytest.mark.browser

CODE = "1.000001"
TITLE = "Cấp bản sao sổ hộ khẩu lưu trữ"
RESULT = "Bản sao có xác nhận của Phòng."
MAKE_PROCEDURE = f"""
from departments.models import Field
from services.models import Procedure
Procedure.objects.get_or_create(code="{CODE}", defaults={{"field": Field.objects.first(), "at_district": True}})
"""


@pytest.fixture
def written(staff, portal):
    """The form of a new service with a name and its result, as the author has filled it."""
    portal.manage("shell", "-c", MAKE_PROCEDURE)
    page = staff("bientap").page
    start_page(page, portal.url, "Phòng Tư pháp", "services/servicepage")
    page.fill("#id_title", TITLE)
    page.fill("#id_result", RESULT)
    choose_record(page, "#id_procedure-chooser", CODE)
    return page


def test_an_incomplete_service_is_not_submitted_and_nothing_is_lost(written, crawler):
    act(written, "send")
    complaints = written.locator(".messages, .w-field__errors, .error-message, .help-critical")
    said = " ".join(complaints.all_inner_texts()).lower()
    for word in ("thành phần, số lượng hồ sơ", "thời hạn", "trình tự", "căn cứ pháp lý"):
        assert word in said, f"{word} is not named in: {said}"
    expect(written.locator("#id_title")).to_have_value(TITLE)
    expect(written.locator("#id_result")).to_have_value(RESULT)
    expect(written.locator("#id_procedure-chooser")).to_contain_text(CODE)

    save_draft(written)
    expect(written.locator(".messages")).to_contain_text(TITLE)
    expect(written.locator("#id_result")).to_have_value(RESULT)
    assert TITLE not in crawler.get(f"/dich-vu-cong/?q={CODE}").text


def test_an_author_has_no_button_to_publish(staff, portal):
    page = staff("bientap").page
    start_page(page, portal.url, "Phòng Tư pháp", "services/servicepage")
    expect(page.locator("button[name=action-publish], button[name=action-submit]")).to_have_count(0)
