"""Dossiers filed online (variant A, the plan's) and settled on time, from the statistics that units hand in by month.

Figures run from January to the last month that is over on the day, as a month is reported whole.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from plans.measures.questions import Measured, Question
from plans.models.targets import Measure
from services.catalogue import counted_catalogue
from services.dossiers.measures import ON_TIME, ONLINE, Sums
from services.dossiers.period import Period, last_of
from services.models.dossiers import DossierTotal

MEASURES = {Measure.ONLINE_DOSSIERS: ONLINE, Measure.ON_TIME: ON_TIME}
Row = Mapping[str, Any]


def measure(asked: Sequence[Question], days: Sequence[date]) -> Mapping[int, Measured]:
    """Two queries for the figures of all targets: of all fields together, and of those that targets name."""
    until = period_to(days[-1])
    if until is None:
        return {question.target.pk: Measured() for question in asked}
    named = frozenset().union(*(question.field_slugs for question in asked))
    whole = list(DossierTotal.objects.within(until).summed("month", "unit__slug"))
    by_field = list(DossierTotal.objects.within(until).of(fields=named).summed("month", "unit__slug", "field__slug"))
    executing = _executing(named)
    return {
        question.target.pk: _measured(question, whole, by_field if question.field_slugs else whole, days, executing)
        for question in asked
    }


def period_to(day: date) -> Period | None:
    """From January to the last month that is over on a day; None before the first is."""
    if day == last_of(day):
        return Period.year_to(day)
    before = day.replace(day=1) - timedelta(days=1)
    return Period.year_to(before) if before.year == day.year else None


def _measured(
    question: Question,
    whole: Iterable[Row],
    figures: Iterable[Row],
    days: Sequence[date],
    executing: Mapping[str | None, Collection[str]],
) -> Measured:
    found, slugs, fields = Measured(), set(question.slugs), question.field_slugs
    method = MEASURES[Measure(question.target.measure)]
    own = [row for row in figures if row["unit__slug"] in slugs and (not fields or row["field__slug"] in fields)]
    by_unit: dict[str, list[Row]] = defaultdict(list)
    for row in own:
        by_unit[row["unit__slug"]].append(row)
    handed_in = _first_months(row for row in whole if row["unit__slug"] in slugs)
    for day in days:
        period = period_to(day)
        if period and any(month <= period.last for month in handed_in.values()):
            found.rates.append((day, _sums(own, period, question.unit_words).rate(method, period)))
    last = period_to(days[-1])
    due = set().union(*(executing.get(field, ()) for field in fields or (None,)))
    for unit in question.units:
        if unit.slug not in handed_in:
            found.missing += [unit] if unit.slug in due else []
            continue
        found.by_unit.append((unit, _sums(by_unit[unit.slug], last, (unit.label,)).rate(method, last)))
    found.is_sample = bool(sum(row["samples"] for row in own))
    return found


def _sums(rows: Iterable[Row], period: Period, units: tuple[str, ...]) -> Sums:
    return Sums.of((row for row in rows if row["month"] <= period.last), units)


def _first_months(rows: Iterable[Row]) -> dict[str, date]:
    """By unit, the first month for which it has handed in figures."""
    found: dict[str, date] = {}
    for row in rows:
        found[row["unit__slug"]] = min(row["month"], found.get(row["unit__slug"], row["month"]))
    return found


def _executing(fields: Collection[str]) -> Mapping[str | None, set[str]]:
    """Units that carry out services, by field, and under None of any field: they are due to hand in figures."""
    shared: dict[str | None, dict[int, tuple[str, ...]]] = {None: {}, **{field: {} for field in fields}}
    for item in counted_catalogue():  # services that the same units execute share a tuple
        shared[None][id(item.units)] = item.units
        if item.field in shared:
            shared[item.field][id(item.units)] = item.units
    return {field: set().union(*units.values()) for field, units in shared.items()}
