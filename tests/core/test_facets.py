"""Filtering and counting against an oracle that asks the list anew for every value."""

from collections.abc import Mapping
from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from core.facets import select

NAMES = ("level", "unit", "field")
VALUES = ("1", "2", "3")


@dataclass(frozen=True)
class Item:
    facets: Mapping[str, tuple[str, ...]]


some_values = st.lists(st.sampled_from(VALUES), unique=True, max_size=3).map(tuple)
items = st.lists(st.dictionaries(st.sampled_from(NAMES), some_values).map(Item), max_size=12)
choices = st.dictionaries(st.sampled_from(NAMES), some_values)
quickly = settings(max_examples=60, deadline=None)


def listed(rows, chosen):
    """The rows that a reader would expect, facet by facet."""
    return [
        row
        for row in rows
        if all(not wanted or set(wanted) & set(row.facets.get(name, ())) for name, wanted in chosen.items())
    ]


@quickly
@given(items, choices)
def test_a_row_is_listed_when_it_meets_every_chosen_facet_by_one_of_its_values(rows, chosen):
    assert select(rows, chosen, NAMES).items == listed(rows, chosen)


@quickly
@given(items, choices)
def test_a_count_is_the_length_of_the_list_with_that_value_alone_in_its_facet(rows, chosen):
    counts = select(rows, chosen, NAMES).counts
    found = {(name, value): counts[name][value] for name in NAMES for value in VALUES}
    expected = {(name, value): len(listed(rows, {**chosen, name: [value]})) for name, value in found}
    assert found == expected


@quickly
@given(items, choices)
def test_only_the_facets_asked_for_are_counted(rows, chosen):
    assert set(select(rows, chosen, ("level",)).counts) == {"level"}


@quickly
@given(items)
def test_without_a_choice_every_row_is_listed(rows):
    assert select(rows, {"level": ()}, NAMES).items == rows


@quickly
@given(items, choices)
def test_the_total_is_the_number_of_rows(rows, chosen):
    selection = select(rows, chosen, NAMES)
    assert selection.total == len(selection.items)


@quickly
@given(items, choices)
def test_rows_may_be_read_only_once(rows, chosen):
    assert select(iter(rows), chosen, NAMES).items == listed(rows, chosen)
