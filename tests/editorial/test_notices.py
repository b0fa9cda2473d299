"""Who gets which e-mail about a review."""

import pytest
from wagtail.users.models import UserProfile

from departments.roles import STAFF_READER, group_of
from editorial.mailing import send_waiting
from editorial.models import Notice
from home.models import HomePage
from tests.editorial.clock import clock  # noqa: F401 - fixture
from tests.editorial.conftest import decide
from tests.editorial.test_submitting import send


@pytest.fixture
def mails(mailoutbox):
    """Call it to send what waits; it returns the new e-mails by recipient, without the domain."""

    def new():
        before = len(mailoutbox)
        send_waiting()
        sent = mailoutbox[before:]
        return {mail.to[0].split("@")[0]: mail for mail in sent}

    return new


def test_the_group_of_the_unit_is_asked(as_, draft, mails):
    send(as_("author"), draft)
    assert set(mails()) == {"truong-phong", "pho-phong"}


def test_a_reviewer_who_was_named_is_asked_alone(as_, draft, people, mails):
    send(as_("author"), draft, reviewer=people.deputy.pk)
    assert set(mails()) == {"pho-phong"}


def test_outside_of_sections_the_member_of_the_board_who_was_named_is_asked_alone(as_, people, mails):
    page = HomePage.objects.get(locale__language_code="vi")
    send(as_("admin"), page, reviewer=people.second_board.pk)
    assert set(mails()) == {"ban-bien-tap-hai"}


def test_the_mail_says_what_waits_until_when_and_where(as_, draft, people, mails, settings):
    settings.WAGTAILADMIN_BASE_URL = "https://cong.example.org"
    people.author.first_name, people.author.last_name = "Lan", "Trần"
    people.author.save()
    send(as_("author"), draft, urgency="urgent", note="Kèm quyết định <mới>")
    mail = mails()["pho-phong"]
    assert mail.subject == "Chờ duyệt: Đăng ký khai sinh"
    assert f"https://cong.example.org/admin/editorial/review/{draft.pk}/" in mail.body
    lines = ("Đơn vị: Phòng Tư pháp", "Độ khẩn: Khẩn", "Hạn xuất bản: 04/06/2026", "Ghi chú: Kèm quyết định <mới>")
    assert all(line in mail.body for line in (*lines, "Người gửi: Lan Trần"))


def test_who_reads_the_admin_in_english_gets_it_in_english(as_, draft, people, mails):
    profile = UserProfile.get_for_user(people.deputy)
    profile.preferred_language = "en"
    profile.save()
    send(as_("author"), draft)
    sent = mails()
    assert sent["pho-phong"].subject == "For approval: Đăng ký khai sinh"
    assert sent["truong-phong"].subject == "Chờ duyệt: Đăng ký khai sinh"


def test_the_unit_has_approved_the_board_is_asked_and_the_author_is_told(as_, draft, mails):
    send(as_("author"), draft)
    mails()
    decide(as_("head"), draft, "approve")
    sent = mails()
    assert set(sent) == {"ban-bien-tap", "ban-bien-tap-hai", "bien-tap"}
    assert sent["bien-tap"].subject == "Đơn vị đã duyệt, chờ Ban Biên tập: Đăng ký khai sinh"


def test_the_author_is_told_of_the_publication(as_, draft, mails):
    send(as_("author"), draft)
    decide(as_("head"), draft, "approve")
    mails()
    decide(as_("board"), draft, "approve", "Tốt")
    sent = mails()
    assert set(sent) == {"bien-tap"}
    assert sent["bien-tap"].subject == "Đã duyệt: Đăng ký khai sinh"


def test_the_author_reads_why_the_page_came_back(as_, draft, mails):
    send(as_("author"), draft)
    mails()
    decide(as_("head"), draft, "reject", "Thiếu lệ phí")
    sent = mails()
    assert set(sent) == {"bien-tap"}
    assert "phải sửa: Thiếu lệ phí" in sent["bien-tap"].body
    assert "Người quyết định: truong-phong" in sent["bien-tap"].body


def test_sent_again_it_is_asked_for_again(as_, draft, mails):
    send(as_("author"), draft)
    decide(as_("head"), draft, "reject", "Thiếu lệ phí")
    mails()
    send(as_("author"), draft)
    assert set(mails()) == {"truong-phong", "pho-phong"}


def test_wagtails_own_mails_do_not_come_as_well(as_, draft, mailoutbox):
    send(as_("author"), draft)
    decide(as_("head"), draft, "reject", "Thiếu lệ phí")
    send(as_("author"), draft)
    decide(as_("head"), draft, "approve")
    decide(as_("board"), draft, "approve")
    assert mailoutbox == []


def test_who_has_no_address_or_no_account_any_more_is_left_out(as_, draft, people, mails):
    people.head.email = ""
    people.head.save()
    people.deputy.is_active = False
    people.deputy.save()
    send(as_("author"), draft)
    assert mails() == {}


def test_an_account_that_was_closed_meanwhile_gets_nothing(as_, draft, people, mails):
    send(as_("author"), draft)
    people.deputy.is_active = False
    people.deputy.save()
    assert set(mails()) == {"truong-phong"}


def test_who_has_lost_the_role_meanwhile_is_not_asked(as_, draft, people, mails):
    send(as_("author"), draft)
    people.deputy.groups.set([group_of(STAFF_READER)])
    assert set(mails()) == {"truong-phong"}


def test_who_has_switched_such_mails_off_gets_none(as_, draft, people, mails):
    profile = UserProfile.get_for_user(people.deputy)
    profile.submitted_notifications = False
    profile.save()
    send(as_("author"), draft)
    assert set(mails()) == {"truong-phong"}


def test_who_wrote_the_page_is_not_asked(as_, draft, people, mails):
    draft.save_revision(user=people.head, log_action=True)
    send(as_("author"), draft)
    assert set(mails()) == {"pho-phong"}


@pytest.mark.parametrize("end", ["approve", "reject"])
def test_a_request_that_was_not_sent_before_the_decision_is_not_sent_after_it(as_, draft, end, mails):
    send(as_("author"), draft)
    decide(as_("head"), draft, end, "Thiếu lệ phí")
    assert not {"truong-phong", "pho-phong"} & set(mails())
    assert Notice.objects.filter(kind="asked", recipient__username="pho-phong", dropped_at=None).count() == 0


def test_what_is_taken_back_is_not_asked_for(as_, draft, people, mails):
    send(as_("author"), draft)
    draft.current_workflow_state.cancel(user=people.author)
    assert mails() == {}


def test_a_deleted_page_leaves_no_mail(as_, draft, mails):
    send(as_("author"), draft)
    draft.delete()
    assert (mails(), Notice.objects.count()) == ({}, 0)
