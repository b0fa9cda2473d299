"""Levels and extents are dated facts of units; flags explain them (NĐ 43/2011 Điều 3, NĐ 42/2022 Điều 11)."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.maturity import (
    EXTENT_ORDER,
    Capability,
    MaturityLevel,
    OnlineExtent,
    Rate,
    WarningCode,
    extent_on,
    extent_reached,
    level_on,
    level_reached,
    proposed_extent,
    records_on,
    warnings,
)

LEVEL_1 = ["information"]
LEVEL_2 = [*LEVEL_1, "forms"]
LEVEL_3 = [*LEVEL_2, "online_submission"]
LEVEL_4 = [*LEVEL_3, "online_payment", "postal_result"]
flag_sets = st.sets(st.sampled_from(list(Capability)))
some_level = st.sampled_from([None, 1, 2, 3, 4])
some_extent = st.sampled_from([None, *OnlineExtent])


@dataclass(frozen=True)
class Entry:
    id: int
    unit_id: int | None
    date: date
    level: int | None = None
    extent: str | None = None
    online_payment: bool = False


def day(number):
    return date(2024, 1, 1) + timedelta(days=number)


def codes(level, extent, flags, **given_facts):
    return [warning.code for warning in warnings(level, extent, flags, **given_facts)]


@pytest.mark.parametrize(
    ("flags", "level", "extent"),
    [
        ([], None, "information"),
        (LEVEL_1, 1, "information"),
        (LEVEL_2, 2, "information"),
        (LEVEL_3, 3, "partial"),
        (LEVEL_4, 4, "full"),
        ([*LEVEL_4, "presence_required"], 4, "partial"),
        ([*LEVEL_3, "online_payment"], 3, "partial"),
        (["information", "online_submission"], 1, "partial"),
    ],
)
def test_what_flags_amount_to(flags, level, extent):
    assert level_reached(flags) == level
    assert extent_reached(flags) == extent


def test_what_costs_nothing_needs_no_online_payment():
    flags = [*LEVEL_3, "online_result"]
    assert level_reached(flags, has_fee=False) == 4
    assert extent_reached(flags, has_fee=False) == OnlineExtent.FULL
    assert codes(4, "full", flags, has_fee=False) == []


@pytest.mark.parametrize(("level", "flags"), [(1, LEVEL_1), (2, LEVEL_2), (3, LEVEL_3), (4, LEVEL_4)])
def test_a_level_with_exactly_its_flags_is_not_warned_about(level, flags):
    assert codes(level, proposed_extent(level, flags), flags) == []


def test_a_missing_capability_is_named():
    (warning,) = warnings(2, None, LEVEL_1)
    assert (warning.code, warning.capability) == (WarningCode.CAPABILITY_MISSING, Capability.FORMS)


@pytest.mark.parametrize(
    ("level", "extent", "flags", "code"),
    [
        (4, None, [*LEVEL_3, "online_payment"], WarningCode.RESULT_RETURN_MISSING),
        (2, None, LEVEL_3, WarningCode.LEVEL_UNDERSTATED),
        (None, "full", [*LEVEL_4, "presence_required"], WarningCode.EXTENT_OVERSTATED),
        (None, "partial", LEVEL_4, WarningCode.EXTENT_UNDERSTATED),
        (2, "partial", [], WarningCode.SCALES_DISAGREE),
        (3, "information", [], WarningCode.SCALES_DISAGREE),
    ],
)
def test_a_disagreement_is_warned_about(level, extent, flags, code):
    assert codes(level, extent, flags) == [code]


def test_level_3_may_be_full_and_level_4_partial():
    assert codes(3, "full", []) == codes(4, "partial", []) == []


@given(some_level, some_extent)
def test_flags_that_nobody_recorded_prove_nothing(level, extent):
    assert set(codes(level, extent, [])) <= {WarningCode.SCALES_DISAGREE}


@given(some_level, some_extent, flag_sets)
def test_the_proposed_extent_is_never_warned_about_for_its_flags(level, extent, flags):
    assert codes(None, proposed_extent(level, flags), flags) == []


@given(flag_sets)
def test_the_level_reached_is_never_warned_about(flags):
    assert codes(level_reached(flags), None, flags) == []


@pytest.mark.parametrize(
    ("level", "extent"), [(1, "information"), (2, "information"), (3, "partial"), (4, "full"), (None, None)]
)
def test_without_flags_the_extent_in_practice_is_proposed(level, extent):
    assert proposed_extent(level) == extent


@pytest.mark.parametrize(("level", "extent", "flags"), [(5, None, []), (1, "half", []), (1, None, ["fast"])])
def test_what_does_not_exist_is_refused(level, extent, flags):
    with pytest.raises(ValueError):
        warnings(level, extent, flags)


def test_a_unit_has_its_own_latest_level_from_its_date_on():
    records = [Entry(1, 7, day(0), level=2), Entry(2, 7, day(10), level=3), Entry(3, None, day(20), level=4)]
    assert level_on(records, day(-1), unit=7) is None
    assert level_on(records, day(9), unit=7) == 2
    assert level_on(records, day(10), unit=7) == 3
    assert level_on(records, day(30), unit=7) == 3


def test_a_unit_without_a_record_of_its_own_has_that_for_all_units():
    records = [Entry(1, None, day(0), level=3), Entry(2, 7, day(0), level=2)]
    assert level_on(records, day(0), unit=8) == 3
    assert level_on([records[1]], day(0), unit=8) is None


def test_a_service_has_the_level_for_all_units_even_if_one_is_lower():
    records = [Entry(1, None, day(0), level=3), Entry(2, 7, day(5), level=2)]
    assert level_on(records, day(9)) == 3


def test_a_service_without_one_has_the_lowest_of_its_units():
    records = [Entry(1, 7, day(0), level=4), Entry(2, 8, day(0), level=2), Entry(3, 8, day(9), level=3)]
    assert level_on(records, day(5)) == 2
    assert level_on(records, day(9)) == 3


def test_of_two_records_on_one_day_the_one_entered_last_counts():
    assert level_on([Entry(2, 7, day(0), level=3), Entry(1, 7, day(0), level=4)], day(0), unit=7) == 3


def test_the_latest_record_decides_even_if_it_states_no_level():
    records = [Entry(1, None, day(0), level=3), Entry(2, None, day(1), extent="full")]
    assert level_on(records, day(1)) is None
    assert extent_on(records, day(1)) == OnlineExtent.FULL


def brute_force(records, on, unit, scale):
    """The rule once more, by asking each record whether another one beats it."""
    past = [record for record in records if record.date <= on]

    def latest(owner):
        own = [record for record in past if record.unit_id == owner]
        return [one for one in own if all((one.date, one.id) >= (other.date, other.id) for other in own)]

    for owner in [unit, None] if unit is not None else [None]:
        if latest(owner):
            return getattr(latest(owner)[0], scale)
    if unit is not None:
        return None
    values = [getattr(latest(owner)[0], scale) for owner in (1, 2, 3) if latest(owner)]
    order = {**{level: level for level in MaturityLevel}, **{e: at for at, e in enumerate(EXTENT_ORDER)}}
    return min((value for value in values if value is not None), key=order.__getitem__, default=None)


entries = st.builds(
    Entry,
    id=st.integers(0, 10**6),
    unit_id=st.sampled_from([None, 1, 2, 3]),
    date=st.integers(0, 6).map(day),
    level=some_level,
    extent=some_extent,
)


@given(
    st.lists(entries, max_size=12, unique_by=lambda entry: entry.id),
    st.integers(-1, 7).map(day),
    st.sampled_from([None, 1, 2, 3, 4]),
)
def test_level_and_extent_follow_the_rule_whatever_is_recorded(records, on, unit):
    assert level_on(records, on, unit) == brute_force(records, on, unit, "level")
    assert extent_on(records, on, unit) == brute_force(records, on, unit, "extent")
    assert all(record.date <= on for record in records_on(records, on, unit))


def rate(numerator, denominator, **parts):
    known = {"units": ("UBND",), "date": day(0), "formula": "a ÷ b", "source": "catalogue"}
    return Rate(numerator, denominator, **{**known, **parts})


def test_a_rate_is_neither_rounded_nor_formatted():
    assert rate(1, 3).value == 1 / 3
    assert rate(55, 100).percent == 55.0


def test_an_empty_denominator_is_no_percentage():
    assert rate(0, 0).value is None
    assert rate(0, 0).percent is None


@pytest.mark.parametrize(("numerator", "denominator"), [(2, 1), (-1, 1), (1, 0)])
def test_a_numerator_is_part_of_the_denominator(numerator, denominator):
    with pytest.raises(ValueError):
        rate(numerator, denominator)


@pytest.mark.parametrize("part", [{"units": ()}, {"formula": ""}, {"source": ""}])
def test_a_rate_without_one_of_its_parts_cannot_be_made(part):
    with pytest.raises(ValueError):
        rate(1, 2, **part)
