"""Rates of dossiers: a small example counted by hand, by unit, field and month, with its explanation."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.utils import translation

from services.dossiers import figures
from services.dossiers.figures import Period
from tests import factories as make
from tests.services.dossiers.reported import report

HALF_YEAR = Period(date(2019, 1, 1), date(2019, 6, 1))


@pytest.fixture(scope="module")
def example(rolled_back):
    """Two communes, a division. A: level 3 since March, in commune 2 level 4 from the beginning; B: level 2."""
    first, second = (make.add_unit(f"Xã {name}", kind="commune").department for name in ("Bắc Sơn", "Minh Phú"))
    division = make.add_unit("Phòng Tư pháp").department
    births = make.add_field("Hộ tịch")
    a = make.add_procedure(births, units=[first, second])
    b = make.add_procedure(make.add_field("Chứng thực"), units=[first, second, division])
    make.add_level(a, 3, date(2019, 3, 31))
    make.add_level(a, 4, date(2018, 1, 1), unit=second)
    make.add_level(b, 2, date(2018, 1, 1))
    report(first, (2019, 2), (10, 30, 1, 5, 20, 5), procedure=a)
    report(first, (2019, 3), (20, 20, 2, 10, 25, 5), procedure=a)
    report(first, (2019, 3), (5, 95, 0, 90, 10, 0), procedure=b)
    report(second, (2019, 2), (6, 2, 2, 0, 9, 1), procedure=a)
    report(division, (2019, 5), (0, 7, 0, 0, 0, 0), procedure=b)
    return SimpleNamespace(first=first, second=second, division=division, a=a, b=b, births=births)


@pytest.fixture(autouse=True)
def in_english(db, example):
    with translation.override("en"):
        yield


def parts(rate):
    return (rate.numerator, rate.denominator)


def test_variant_a_counts_services_at_level_3_or_4_at_the_end_of_each_month():
    """February of commune 1 and all of B are left out: 20 + 6 of 20 + 20 + 6 + 2."""
    rate = figures.online_rate(HALF_YEAR)
    assert parts(rate) == (26, 48)
    assert rate.by_post == 5


def test_variant_b_counts_all_that_was_received():
    assert parts(figures.online_rate(HALF_YEAR, variant="B")) == (41, 41 + 154 + 5)


def test_on_time_counts_early_and_on_time_among_finished():
    assert parts(figures.on_time_rate(HALF_YEAR)) == (169, 180)


def test_a_rate_says_what_it_is_made_of():
    rate = figures.online_rate(HALF_YEAR, kinds=["commune"])
    assert rate.units == ("Xã Bắc Sơn", "Xã Minh Phú")
    assert rate.date == date(2019, 6, 30)
    assert rate.formula.startswith("online ÷ (online + in person), of services at level 3 or 4")
    assert rate.source.startswith("figures reported by the units for 01/2019–06/2019, as of ")


def test_months_outside_of_the_period_do_not_count():
    assert parts(figures.online_rate(Period(date(2019, 2, 1), date(2019, 2, 1)))) == (6, 8)


def test_the_period_up_to_a_day_is_its_year():
    assert Period.year_to(date(2019, 3, 15)) == Period(date(2019, 1, 1), date(2019, 3, 1))


def test_units_and_fields_are_asked_for_by_their_short_words(example):
    rate = figures.online_rate(HALF_YEAR, units=[example.first.slug], fields=[example.births.slug], variant="B")
    assert parts(rate) == (30, 83)


def test_no_unit_asked_for_is_no_figure():
    assert figures.on_time_rate(HALF_YEAR, units=[]).value is None


def test_units_come_lowest_first_and_those_where_none_arose_last(example):
    found = figures.online_rates_by_unit(HALF_YEAR)
    assert [(rate.slug, parts(rate.rate)) for rate in found] == [
        (example.first.slug, (20, 40)),
        (example.second.slug, (6, 8)),
        (example.division.slug, (0, 0)),
    ]


def test_units_of_a_kind_that_have_not_reported_are_listed(example):
    late = make.add_unit("Xã Nam Sơn", kind="commune").department
    make.add_procedure(example.births, units=[late])
    found = figures.online_rates_by_unit(HALF_YEAR, kinds=["commune"])
    assert [(rate.slug, rate.months) for rate in found] == [
        (example.first.slug, 2),
        (example.second.slug, 1),
        (late.slug, 0),
    ]


def test_every_month_of_the_period_has_its_rate():
    found = figures.on_time_by_month(HALF_YEAR)
    assert [month.month for month, _rate in found] == [1, 2, 3, 4, 5, 6]
    assert [parts(rate) for _month, rate in found] == [(0, 0), (34, 40), (135, 140), (0, 0), (0, 0), (0, 0)]
    assert found[0][1].source == "figures of the units for 01/2019: none reported yet"


def test_fields_come_lowest_first():
    found = figures.rates_by_field(figures.VARIANTS["B"], HALF_YEAR)
    assert [(rate.name, parts(rate.rate)) for rate in found] == [("Chứng thực", (5, 107)), ("Hộ tịch", (36, 93))]


def test_rows_of_a_whole_field_count_in_variant_a_and_are_told(example):
    report(example.first, (2019, 4), (8, 2, 0, 0, 0, 0), field=example.births)
    rate = figures.online_rate(HALF_YEAR)
    assert parts(rate) == (34, 58)
    assert "10 dossiers given by field" in rate.source


def test_a_level_recorded_later_for_an_earlier_day_counts_at_once(example):
    make.add_level(example.b, 3, date(2019, 3, 1), unit=example.first)
    assert parts(figures.online_rate(HALF_YEAR)) == (31, 148)


def test_samples_are_told(example):
    report(example.first, (2019, 4), (8, 2, 0, 0, 0, 0), procedure=example.a, is_sample=True)
    rate = figures.online_rate(HALF_YEAR)
    assert rate.has_samples and "samples among them" in rate.source


def test_a_correction_replaces_what_it_corrects_and_keeps_it(example):
    report(example.second, (2019, 2), (7, 1, 2, 0, 9, 1), procedure=example.a)
    assert parts(figures.online_rate(HALF_YEAR)) == (27, 48)
    (now,) = example.a.dossier_figures.filter(unit=example.second, is_current=True)
    assert (now.replaces.received_online, now.replaces.is_current) == (6, False)


@pytest.mark.parametrize(
    "ask", [figures.online_rate, figures.on_time_rate, figures.online_rates_by_unit, figures.on_time_by_month]
)
def test_figures_take_three_queries_at_most(django_assert_max_num_queries, ask):
    with django_assert_max_num_queries(3):
        ask(HALF_YEAR)
