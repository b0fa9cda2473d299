"""The calendar of the office: holidays of Vietnam, and what the portal board enters."""

from datetime import date

import pytest
from django.urls import reverse

from departments.roles import AUTHOR, PUBLISHER, REVIEWER
from editorial.calendar import office_calendar
from editorial.models import DayOff, SwappedDay
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client):
    client.force_login(make.add_administrator())
    return client


def add(client, model, **values):
    return client.post(reverse(f"wagtailsnippets_editorial_{model}:add"), values)


def test_the_days_of_tet_are_off():
    calendar = office_calendar()
    tet = [date(2026, 2, day) for day in range(16, 21)]
    assert not any(calendar.is_working(day) for day in tet)
    assert calendar.after(date(2026, 2, 13), 1) == date(2026, 2, 23)


def test_a_limit_that_begins_before_tet_ends_after_it():
    assert office_calendar().after(date(2026, 2, 12), 2) == date(2026, 2, 23)


def test_a_holiday_on_a_sunday_is_made_up_for_on_monday():
    assert not office_calendar().is_working(date(2026, 4, 27))


def test_days_that_the_government_has_exchanged_are_known():
    calendar = office_calendar()
    assert calendar.is_working(date(2026, 8, 22))
    assert not calendar.is_working(date(2026, 8, 31))


def test_holidays_without_a_fixed_day_are_known_in_every_year():
    hung_kings = [date(2025, 4, 7), date(2027, 4, 16)]
    assert not any(office_calendar().is_working(day) for day in hung_kings)


def test_a_day_off_that_is_entered_counts_at_once(administrator):
    assert office_calendar().is_working(date(2026, 9, 10))
    add(administrator, "dayoff", day="10/09/2026", name="Bão số 5")
    assert not office_calendar().is_working(date(2026, 9, 10))


def test_a_day_off_that_is_taken_back_is_worked_again(administrator):
    day = DayOff.objects.create(day=date(2026, 9, 10), name="Bão số 5")
    administrator.post(reverse("wagtailsnippets_editorial_dayoff:delete", args=[day.pk]))
    assert office_calendar().is_working(date(2026, 9, 10))


def test_a_saturday_that_is_entered_as_worked_counts_and_the_day_off_for_it_does_not(administrator):
    add(administrator, "swappedday", worked="12/09/2026", off="14/09/2026")
    calendar = office_calendar()
    assert calendar.is_working(date(2026, 9, 12))
    assert not calendar.is_working(date(2026, 9, 14))


def test_a_holiday_that_is_off_by_a_day_can_be_corrected(administrator):
    add(administrator, "swappedday", worked="03/09/2027", off="01/09/2027", reason="Thông báo của Bộ Nội vụ")
    calendar = office_calendar()
    assert (calendar.is_working(date(2027, 9, 3)), calendar.is_working(date(2027, 9, 1))) == (True, False)


def test_a_day_that_is_off_cannot_be_worked_in_exchange_as_well(administrator):
    DayOff.objects.create(day=date(2026, 9, 12), name="Kỷ niệm thành lập")
    response = add(administrator, "swappedday", worked="12/09/2026", off="14/09/2026")
    assert not SwappedDay.objects.exists()
    assert "Ngày này đã được ghi là ngày nghỉ." in response.content.decode()


def test_a_day_that_is_worked_in_exchange_cannot_be_off_as_well(administrator):
    SwappedDay.objects.create(worked=date(2026, 9, 12), off=date(2026, 9, 14))
    add(administrator, "dayoff", day="12/09/2026", name="Kỷ niệm thành lập")
    assert not DayOff.objects.exists()


def test_a_day_is_not_exchanged_for_itself(administrator):
    add(administrator, "swappedday", worked="12/09/2026", off="12/09/2026")
    assert not SwappedDay.objects.exists()


def test_what_is_no_day_is_refused_with_a_message(administrator):
    response = add(administrator, "dayoff", day="31/02/2026", name="Không có")
    assert response.status_code == 200
    assert not DayOff.objects.exists()


@pytest.mark.parametrize(("role", "allowed"), [(PUBLISHER, True), (REVIEWER, False), (AUTHOR, False)])
def test_the_portal_board_keeps_the_calendar_and_nobody_of_a_unit(client, role, allowed):
    section = make.add_unit()
    client.force_login(make.add_member(role, section))
    add(client, "dayoff", day="10/09/2026", name="Bão số 5")
    assert DayOff.objects.exists() is allowed
    add(client, "swappedday", worked="12/09/2026", off="14/09/2026")
    assert SwappedDay.objects.exists() is allowed
