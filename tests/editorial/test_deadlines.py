"""Deadlines by kind, urgency and unit, over weekends, Tết and exchanged days."""

from datetime import date, datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from announcements.models import AnnouncementPage, DirectivePage
from editorial.deadlines import days_left, deadline, deadlines
from editorial.models import DayOff, SwappedDay, TimeLimit, Urgency
from tests import factories as make

pytestmark = pytest.mark.django_db


def at(*moment: int) -> datetime:
    """A moment of local time."""
    return timezone.make_aware(datetime(*moment))


@pytest.fixture
def section():
    return make.add_unit()


@pytest.fixture
def announcement(section):
    return section.add_child(instance=AnnouncementPage(title="Thông báo nghỉ Tết", locale=section.locale, live=False))


@pytest.fixture
def directive(section):
    page = DirectivePage(title="Kế hoạch", reference="45/KH-UBND", locale=section.locale, live=False)
    page.issued_on = date(2026, 6, 1)
    return section.add_child(instance=page)


@pytest.fixture
def service(section):
    return make.add_service(section, live=False)


def due(page, sent_at, urgency=Urgency.NORMAL):
    return deadline(page, urgency, sent_at).due_on


def test_an_announcement_has_one_working_day(announcement):
    assert due(announcement, at(2026, 6, 1, 9)) == date(2026, 6, 2)


def test_a_service_has_five_working_days(service):
    assert due(service, at(2026, 6, 1, 9)) == date(2026, 6, 8)


def test_another_page_has_five_working_days(section):
    assert due(section, at(2026, 6, 1, 9)) == date(2026, 6, 8)


def test_a_document_has_two_working_days_from_its_signing(directive):
    assert due(directive, at(2026, 6, 2, 9)) == date(2026, 6, 3)


def test_a_document_without_a_date_is_counted_from_its_sending(directive):
    directive.issued_on = None
    assert due(directive, at(2026, 6, 2, 9)) == date(2026, 6, 4)


def test_a_document_that_is_sent_too_late_ends_with_the_next_working_day(directive):
    assert due(directive, at(2026, 6, 5, 9)) == date(2026, 6, 8)


def test_a_document_that_is_sent_on_its_last_day_after_closing_time_ends_with_the_next_working_day(directive):
    assert due(directive, at(2026, 6, 3, 16)) == date(2026, 6, 3)
    assert due(directive, at(2026, 6, 3, 18)) == date(2026, 6, 4)


def test_urgent_takes_half_of_the_days_and_very_urgent_the_same_day(service):
    found = deadlines(service, at(2026, 6, 1, 9))
    assert [found[urgency].due_on for urgency in Urgency] == [date(2026, 6, 8), date(2026, 6, 4), date(2026, 6, 1)]


def test_what_is_very_urgent_and_sent_in_the_evening_is_due_on_the_next_working_day(service):
    assert due(service, at(2026, 6, 5, 20), Urgency.VERY_URGENT) == date(2026, 6, 8)


def test_a_limit_runs_over_tet(service):
    assert due(service, at(2026, 2, 12, 9)) == date(2026, 2, 26)


def test_a_page_that_is_sent_during_tet_is_counted_from_the_first_working_day(announcement):
    assert due(announcement, at(2026, 2, 18, 9)) == date(2026, 2, 23)


def test_a_further_day_off_moves_the_deadline(announcement):
    DayOff.objects.create(day=date(2026, 6, 2), name="Bão số 1")
    assert due(announcement, at(2026, 6, 1, 9)) == date(2026, 6, 3)


def test_a_saturday_worked_in_exchange_counts(announcement):
    SwappedDay.objects.create(worked=date(2026, 6, 6), off=date(2026, 6, 8))
    assert due(announcement, at(2026, 6, 5, 9)) == date(2026, 6, 6)


def test_a_limit_of_the_unit_counts_before_that_of_all_units(service, section):
    TimeLimit.objects.create(department=section.department, kind="services.servicepage", normal_days=2, urgent_days=1)
    TimeLimit.objects.create(department=section.department, normal_days=9)
    assert due(service, at(2026, 6, 1, 9)) == date(2026, 6, 3)


def test_another_unit_keeps_the_limit_of_all_units(service):
    other = make.add_unit("Phòng Văn hóa")
    TimeLimit.objects.create(department=other.department, kind="services.servicepage", normal_days=2, urgent_days=1)
    assert due(service, at(2026, 6, 1, 9)) == date(2026, 6, 8)


def test_every_default_names_its_basis():
    assert not TimeLimit.objects.filter(basis="").exists()
    assert "43/2011/NĐ-CP" in TimeLimit.objects.get(kind="announcements.directivepage").basis


def test_a_limit_that_is_edited_in_the_admin_counts_at_once(client, service):
    client.force_login(make.add_administrator())
    limit = TimeLimit.objects.get(kind="services.servicepage")
    values = {"kind": limit.kind, "starts_with": "submission", "basis": "Quyết định mới"}
    values |= {"normal_days": 3, "urgent_days": 2, "very_urgent_days": 1}
    client.post(reverse("wagtailsnippets_editorial_timelimit:edit", args=[limit.pk]), values)
    assert due(service, at(2026, 6, 1, 9)) == date(2026, 6, 4)


def test_an_urgent_page_cannot_be_given_more_time_than_a_normal_one(client):
    client.force_login(make.add_administrator())
    values = {"kind": "", "starts_with": "submission", "normal_days": 3, "urgent_days": 4, "very_urgent_days": 0}
    unit = make.add_unit().department
    client.post(reverse("wagtailsnippets_editorial_timelimit:add"), values | {"department": unit.pk})
    assert not TimeLimit.objects.filter(department=unit).exists()


def test_two_limits_for_the_same_are_refused(client):
    client.force_login(make.add_administrator())
    values = {"kind": "", "starts_with": "submission", "normal_days": 3, "urgent_days": 1, "very_urgent_days": 0}
    response = client.post(reverse("wagtailsnippets_editorial_timelimit:add"), values)
    assert response.status_code == 200
    assert TimeLimit.objects.filter(kind="", department=None).count() == 1


def test_days_left_are_working_days():
    assert days_left(date(2026, 2, 23), date(2026, 2, 13)) == 1
    assert days_left(date(2026, 2, 13), date(2026, 2, 23)) == -1
