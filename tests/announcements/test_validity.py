from datetime import date

import pytest

from announcements.validity import Change, Validity, state_on

DAY = date(2019, 11, 15)


def state(effective=None, expires=None, *changes, day=DAY):
    return state_on(effective, expires, [Change(kind, source, begin) for kind, source, begin in changes], day)


@pytest.mark.parametrize(
    ("effective", "expires", "validity"),
    [
        (None, None, "in_force"),
        (date(2019, 11, 15), date(2019, 11, 15), "in_force"),
        (date(2019, 11, 16), None, "pending"),
        (date(2019, 1, 1), date(2019, 11, 14), "expired"),
        (None, date.max, "in_force"),
    ],
)
def test_own_dates_say_whether_a_document_holds(effective, expires, validity):
    assert state(effective, expires).validity == validity


def test_an_expired_document_is_without_force_from_the_day_after_its_last():
    assert state(None, date(2018, 12, 31)).ended_on == date(2019, 1, 1)


def test_a_replacement_counts_from_its_own_first_day():
    change = ("replaces", 7, date(2019, 11, 11))
    assert state(None, None, change, day=date(2019, 11, 10)).validity == "in_force"
    replaced = state(None, None, change)
    assert (replaced.validity, replaced.ended_on, replaced.by.source) == ("replaced", date(2019, 11, 11), 7)


def test_a_document_that_had_ended_before_it_was_replaced_ended_then():
    replaced = state(None, date(2018, 12, 31), ("replaces", 7, date(2019, 2, 12)))
    assert (replaced.validity, replaced.ended_on) == ("replaced", date(2019, 1, 1))


def test_of_two_replacements_the_earlier_counts():
    assert state(None, None, ("replaces", 2, date(2019, 9, 1)), ("replaces", 1, date(2019, 3, 1))).by.source == 1


def test_a_repealed_document_has_expired():
    repealed = state(None, None, ("repeals", 3, date(2019, 6, 1)))
    assert (repealed.validity, repealed.ended_on) == ("expired", date(2019, 6, 1))


def test_an_amended_document_is_partly_in_force_and_found_among_those_in_force():
    amended = state(None, None, ("amends", 3, date(2019, 6, 1)))
    assert amended.facets == (Validity.IN_FORCE, Validity.PARTIAL)


def test_a_correction_leaves_a_document_in_force():
    assert state(None, None, ("corrects", 3, date(2019, 6, 1))).facets == ("in_force",)


def test_an_amended_document_that_has_ended_has_ended():
    assert state(None, date(2019, 7, 1), ("amends", 3, date(2019, 6, 1))).facets == ("expired",)
