"""Rules of counting, with holidays made up here; those of Vietnam are in test_calendar."""

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.working_days import Holidays, WorkingDays

WEEKENDS_ONLY = WorkingDays()
MONDAY, TUESDAY, FRIDAY = date(2026, 6, 1), date(2026, 6, 2), date(2026, 6, 5)
SATURDAY, SUNDAY, NEXT_MONDAY = date(2026, 6, 6), date(2026, 6, 7), date(2026, 6, 8)
CLOSES_AT = time(17)


def with_tuesday_off() -> WorkingDays:
    return WorkingDays(off=frozenset([TUESDAY]))


def test_weekdays_are_worked_and_weekends_are_not():
    week = [MONDAY, TUESDAY, FRIDAY, SATURDAY, SUNDAY]
    assert [WEEKENDS_ONLY.is_working(day) for day in week] == [True, True, True, False, False]


def test_the_day_of_the_event_is_not_counted():
    assert WEEKENDS_ONLY.after(MONDAY, 2) == date(2026, 6, 3)


def test_a_limit_runs_over_the_weekend():
    assert WEEKENDS_ONLY.after(FRIDAY, 1) == NEXT_MONDAY


def test_an_event_on_a_day_off_is_counted_from_the_next_working_day():
    assert WEEKENDS_ONLY.after(SATURDAY, 1) == WEEKENDS_ONLY.after(SUNDAY, 1) == NEXT_MONDAY


def test_a_limit_of_no_days_ends_on_the_day_itself_or_on_the_next_working_day():
    assert WEEKENDS_ONLY.after(FRIDAY, 0) == FRIDAY
    assert WEEKENDS_ONLY.after(SATURDAY, 0) == NEXT_MONDAY


def test_a_negative_limit_is_refused():
    with pytest.raises(ValueError, match="negative"):
        WEEKENDS_ONLY.after(MONDAY, -1)


def test_a_day_off_of_the_office_is_left_out():
    assert with_tuesday_off().after(MONDAY, 1) == date(2026, 6, 3)


def test_a_holiday_of_the_year_is_left_out():
    holidays = {2026: Holidays(off=frozenset([TUESDAY]))}
    assert WorkingDays(holidays.__getitem__).after(MONDAY, 1) == date(2026, 6, 3)


def test_a_saturday_that_is_worked_for_a_monday_off_counts():
    swapped = WorkingDays(off=frozenset([NEXT_MONDAY]), worked=frozenset([SATURDAY]))
    assert swapped.after(FRIDAY, 1) == SATURDAY
    assert swapped.after(FRIDAY, 2) == date(2026, 6, 9)


def test_a_weekend_day_that_the_state_has_exchanged_counts():
    holidays = {2026: Holidays(off=frozenset([MONDAY]), worked=frozenset([SATURDAY]))}
    assert WorkingDays(holidays.__getitem__).between(date(2026, 5, 31), SUNDAY) == 5


def test_what_the_office_enters_corrects_the_holidays_of_the_state():
    holidays = {2026: Holidays(off=frozenset([MONDAY]), worked=frozenset([SATURDAY]))}
    corrected = WorkingDays(holidays.__getitem__, off=frozenset([SATURDAY]), worked=frozenset([MONDAY]))
    assert corrected.is_working(MONDAY)
    assert not corrected.is_working(SATURDAY)


def test_days_of_two_years_ask_for_the_holidays_of_both():
    holidays = {2026: Holidays(off=frozenset([date(2026, 12, 31)])), 2027: Holidays(off=frozenset([date(2027, 1, 1)]))}
    assert WorkingDays(holidays.__getitem__).after(date(2026, 12, 30), 1) == date(2027, 1, 4)


@pytest.mark.parametrize(
    ("moment", "there_on"),
    [
        (datetime(2026, 6, 5, 9, 0), FRIDAY),
        (datetime(2026, 6, 5, 17, 0), FRIDAY),
        (datetime(2026, 6, 5, 17, 1), NEXT_MONDAY),
        (datetime(2026, 6, 6, 9, 0), NEXT_MONDAY),
        (datetime(2026, 6, 7, 23, 59), NEXT_MONDAY),
    ],
)
def test_what_comes_after_closing_time_or_on_a_day_off_is_there_on_the_next_working_day(moment, there_on):
    assert WEEKENDS_ONLY.received_on(moment, CLOSES_AT) == there_on


@pytest.mark.parametrize(
    ("today", "left"),
    [(MONDAY, 4), (date(2026, 6, 4), 1), (FRIDAY, 0), (SATURDAY, -1), (NEXT_MONDAY, -1), (date(2026, 6, 9), -2)],
)
def test_days_left_are_none_on_the_last_day_and_negative_as_soon_as_it_has_passed(today, left):
    assert WEEKENDS_ONLY.left(FRIDAY, today) == left


days = st.dates(date(2020, 1, 1), date(2030, 12, 31))


@given(day=days, number=st.integers(1, 60))
def test_a_limit_ends_on_a_working_day_and_has_as_many_working_days_as_it_says(day, number):
    calendar = with_tuesday_off()
    end = calendar.after(day, number)
    assert calendar.is_working(end)
    assert calendar.between(day, end) == number


@given(one=days, other=days)
def test_counting_backwards_gives_the_same_number_with_the_other_sign(one, other):
    calendar = with_tuesday_off()
    assert calendar.between(one, other) == -calendar.between(other, one)
