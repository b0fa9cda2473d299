"""Reminders before and after a deadline, and what is handed on: by working days, over weekends and Tết."""

import pytest
from wagtail.models import PageLogEntry

from editorial.mailing import send_waiting
from editorial.models import DayOff, Notice, ReviewState
from editorial.reminders import remind
from tests.editorial.clock import clock  # noqa: F401 - fixture
from tests.editorial.conftest import decide, is_live, step_of
from tests.editorial.test_submitting import send

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def on(clock):  # noqa: F811
    """`on(5, 3)`: what the reminders of that day of 2026 write down, as kind and recipient."""

    def look(month, day, hour=8):
        clock.set(2026, month, day, hour)
        before = set(Notice.objects.values_list("pk", flat=True))
        remind()
        new = Notice.objects.exclude(pk__in=before).select_related("recipient")
        return {(notice.kind, notice.recipient.username) for notice in new}

    return look


@pytest.fixture
def sent_monday(as_, draft, people):
    """Sent on Monday, 1 June, to the deputy: due on Monday, 8 June."""
    send(as_("author"), draft, reviewer=people.deputy.pk)
    return draft


def test_nothing_is_said_before_it_is_time(sent_monday, on):
    assert on(6, 2) == on(6, 4) == set()


def test_the_reviewer_is_reminded_on_the_working_day_before(sent_monday, on):
    assert on(6, 5) == {("due", "pho-phong")}


def test_a_reminder_comes_once_however_often_it_is_looked(sent_monday, on):
    on(6, 5)
    assert on(6, 5, 14) == on(6, 8) == set()


def test_a_reminder_that_was_missed_comes_on_the_last_day(sent_monday, on):
    assert on(6, 8) == {("due", "pho-phong")}


def test_on_days_off_nobody_is_reminded(sent_monday, on):
    DayOff.objects.create(day="2026-06-05", name="Bão số 1")
    assert on(6, 5) == on(6, 6) == on(6, 7) == set()


def test_when_it_is_overdue_the_whole_group_is_told(sent_monday, on):
    assert on(6, 9) == {("overdue", "pho-phong"), ("overdue", "truong-phong")}


def test_a_day_later_the_board_is_asked_in_place_of_the_unit(sent_monday, on):
    on(6, 9)
    assert on(6, 10) == {("escalated", "ban-bien-tap"), ("escalated", "ban-bien-tap-hai")}
    assert ReviewState.objects.running_on(sent_monday).get().escalated_at is not None


def test_what_is_handed_on_is_logged_once(sent_monday, on):
    on(6, 10)
    on(6, 11)
    assert PageLogEntry.objects.filter(page=sent_monday.pk, action="editorial.escalate").count() == 1


def test_the_board_decides_in_place_of_the_unit_once_it_is_asked(sent_monday, as_, on):
    decide(as_("board"), sent_monday, "approve")
    assert step_of(sent_monday) == "unit"
    on(6, 10)
    decide(as_("board"), sent_monday, "approve")
    assert step_of(sent_monday) == "board"
    decide(as_("second_board"), sent_monday, "approve")
    assert is_live(sent_monday)


def test_the_unit_still_decides_after_it_was_handed_on(sent_monday, as_, on):
    on(6, 10)
    decide(as_("head"), sent_monday, "approve")
    assert step_of(sent_monday) == "board"


def test_what_the_board_leaves_lying_is_handed_to_the_administrators(sent_monday, as_, on):
    on(6, 2)
    decide(as_("head"), sent_monday, "approve")
    assert on(6, 5) == {("due", "ban-bien-tap"), ("due", "ban-bien-tap-hai")}
    assert on(6, 9) == {("overdue", "ban-bien-tap"), ("overdue", "ban-bien-tap-hai")}
    assert on(6, 10) == {("escalated", "quan-tri")}


def test_a_step_that_begins_late_is_given_its_own_days_before_it_is_handed_on(sent_monday, as_, on):
    on(6, 10)
    decide(as_("head"), sent_monday, "approve")
    assert on(6, 10, 16) == set()
    assert on(6, 11) == {("overdue", "ban-bien-tap"), ("overdue", "ban-bien-tap-hai")}
    assert on(6, 12) == {("escalated", "quan-tri")}


def test_what_is_decided_is_not_reminded_of(sent_monday, as_, on):
    decide(as_("head"), sent_monday, "reject", "Thiếu lệ phí")
    assert on(6, 9) == on(6, 10) == set()


def test_over_tet_nobody_is_reminded_and_nothing_is_overdue(as_, draft, on, clock):  # noqa: F811
    clock.set(2026, 2, 12, 9)
    send(as_("author"), draft)
    assert on(2, 13) == on(2, 18) == on(2, 24) == set()
    assert {kind for kind, _name in on(2, 25)} == {"due"}
    assert {kind for kind, _name in on(2, 27)} == {"overdue"}
    assert {kind for kind, _name in on(3, 2)} == {"escalated"}


def test_where_nobody_else_of_the_unit_can_decide_the_board_is_asked_at_once(as_, draft, people, on):
    for head in (people.head, people.deputy):
        draft.save_revision(user=head, log_action=True)
    send(as_("author"), draft)
    assert on(6, 1, 10) == {("escalated", "ban-bien-tap"), ("escalated", "ban-bien-tap-hai")}


def test_a_reviewer_who_was_named_and_has_left_is_replaced_by_the_group(sent_monday, people, on):
    people.deputy.is_active = False
    people.deputy.save()
    assert on(6, 5) == {("due", "truong-phong")}


def test_the_mail_about_what_is_overdue_says_since_when(sent_monday, on, mailoutbox):
    on(6, 9)
    send_waiting()
    assert "Quá hạn duyệt (hạn 08/06/2026): Đăng ký khai sinh" in {mail.subject for mail in mailoutbox}
