"""Rates of dossiers by period, unit, field and month, each in a constant number of queries."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from core.page_cache import per_version
from core.text import fold
from departments.models import Department, Field
from services.dossiers.measures import ON_TIME, VARIANTS, DossierRate, Measure, Sums
from services.dossiers.period import Period
from services.models.dossiers import DossierTotal

Words = Collection[str] | None
#: unit or field by id → short word and name; joined here, since grouping by names takes the database longer
Names = dict[int, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class NamedRate:
    """The rate of a unit or a field, by its short word and name; how many months of the period have figures."""

    slug: str
    name: str
    rate: DossierRate
    months: int


UnitRate = FieldRate = NamedRate


# --- what others ask for -------------------------------------------------------------------------------------------


def online_rate(
    period: Period, *, units: Words = None, kinds: Words = None, fields: Words = None, variant: str = "A"
) -> DossierRate:
    """Dossiers received online (`VARIANTS`) in all the months, of units and fields by their short words; None: all."""
    return rate(VARIANTS[variant], period, units=units, kinds=kinds, fields=fields)


def on_time_rate(period: Period, *, units: Words = None, kinds: Words = None, fields: Words = None) -> DossierRate:
    """Dossiers finished early or on time among those finished in the months."""
    return rate(ON_TIME, period, units=units, kinds=kinds, fields=fields)


def online_rates_by_unit(
    period: Period, *, units: Words = None, kinds: Words = None, fields: Words = None, variant: str = "A"
) -> list[UnitRate]:
    """The lowest first; units where none arose, or that have not reported, come last."""
    return rates_by_unit(VARIANTS[variant], period, units=units, kinds=kinds, fields=fields)


def on_time_rates_by_unit(
    period: Period, *, units: Words = None, kinds: Words = None, fields: Words = None
) -> list[UnitRate]:
    return rates_by_unit(ON_TIME, period, units=units, kinds=kinds, fields=fields)


def online_by_month(
    period: Period, *, units: Words = None, kinds: Words = None, fields: Words = None, variant: str = "A"
) -> list[tuple[date, DossierRate]]:
    return rates_by_month(VARIANTS[variant], period, units=units, kinds=kinds, fields=fields)


def on_time_by_month(
    period: Period, *, units: Words = None, kinds: Words = None, fields: Words = None
) -> list[tuple[date, DossierRate]]:
    """The rate of each month of the period, those without figures among them."""
    return rates_by_month(ON_TIME, period, units=units, kinds=kinds, fields=fields)


# --- any measure ---------------------------------------------------------------------------------------------------


def sums(period: Period, **asked: Words) -> Sums:
    """Everything that was reported, added up."""
    return _sums(_rows(period, asked), _unit_names())


def rate(measure: Measure, period: Period, **asked: Words) -> DossierRate:
    return sums(period, **asked).rate(measure, period)


def sums_by_unit(period: Period, **asked: Words) -> list[tuple[str, str, Sums, int]]:
    """Short word, name, sums and months with figures of each unit, by name.

    Of the units that carry out procedures and existed in the period, and of all others that have figures.
    """
    names = _unit_names()
    rows = {row["unit_id"]: row for row in _rows(period, asked)}
    expected = set(_expected(period, asked).values_list("pk", flat=True))
    found = []
    for unit in sorted(expected.union(rows), key=lambda unit: (fold(names[unit][1]), unit)):
        row = rows.get(unit)
        slug, name = names[unit]
        found.append((slug, name, Sums.of([row] if row else [], [name]), row["months"] if row else 0))
    return found


def rates_by_unit(measure: Measure, period: Period, **asked: Words) -> list[UnitRate]:
    units = sums_by_unit(period, **asked)
    return _lowest_first(NamedRate(slug, name, own.rate(measure, period), months) for slug, name, own, months in units)


def sums_by_field(period: Period, **asked: Words) -> list[tuple[str, str, Sums, int]]:
    """Short word, name, sums and months with figures of each field that has any, by name."""
    units = _unit_names()
    names: Names = {field.pk: (field.slug, field.local_name) for field in Field.objects.order_by()}
    found = []
    for field, rows in _grouped(_rows(period, asked, "field_id"), "field_id").items():
        found.append((*names[field], _sums(rows, units), max(row["months"] for row in rows)))
    return sorted(found, key=lambda field: (fold(field[1]), field[0]))


def rates_by_field(measure: Measure, period: Period, **asked: Words) -> list[FieldRate]:
    """Of the fields that have figures; the lowest first."""
    fields = sums_by_field(period, **asked)
    return _lowest_first(NamedRate(slug, name, own.rate(measure, period), months) for slug, name, own, months in fields)


def sums_by_month(period: Period, **asked: Words) -> list[tuple[date, Sums]]:
    units, groups = _unit_names(), _grouped(_rows(period, asked, "month"), "month")
    return [(month, _sums(groups.get(month, []), units)) for month in period.months]


def sums_by_unit_and_month(period: Period, **asked: Words) -> list[tuple[date, list[tuple[str, Sums]]]]:
    """Of each month, name and sums of the units that have figures, by name."""
    names, groups = _unit_names(), _grouped(_rows(period, asked, "month"), "month")
    units = {month: [(names[row["unit_id"]][1], _sums([row], names)) for row in rows] for month, rows in groups.items()}
    return [(month, sorted(units.get(month, []), key=lambda unit: fold(unit[0]))) for month in period.months]


def rates_by_month(measure: Measure, period: Period, **asked: Words) -> list[tuple[date, DossierRate]]:
    return [(month, own.rate(measure, Period(month, month))) for month, own in sums_by_month(period, **asked)]


# --- parts ---------------------------------------------------------------------------------------------------------


def _expected(period: Period, asked: Mapping[str, Words]) -> Any:
    units = Department.objects.filter(procedures__isnull=False)
    if asked.get("fields") is not None:
        units = Department.objects.filter(procedures__field__slug__in=asked["fields"])
    units = units.filter(Q(valid_from=None) | Q(valid_from__lte=period.until))
    units = units.filter(Q(valid_to=None) | Q(valid_to__gte=period.first))
    if asked.get("units") is not None:
        units = units.filter(slug__in=asked["units"])
    if asked.get("kinds") is not None:
        units = units.filter(kind__in=asked["kinds"])
    return units.order_by().distinct()


def _rows(period: Period, asked: Mapping[str, Words], *by: str) -> Any:
    return DossierTotal.objects.within(period).of(**asked).summed("unit_id", *by)


@per_version
def _unit_names() -> Names:
    return {unit.pk: (unit.slug, unit.label) for unit in Department.objects.order_by()}


def _sums(rows: Iterable[Mapping[str, Any]], units: Names) -> Sums:
    rows = list(rows)
    return Sums.of(rows, sorted((units[row["unit_id"]][1] for row in rows), key=fold))


def _grouped(rows: Iterable[Mapping[str, Any]], column: str) -> dict[Any, list[Mapping[str, Any]]]:
    groups: dict[Any, list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        groups[row[column]].append(row)
    return groups


def _lowest_first(rates: Iterable[NamedRate]) -> list[NamedRate]:
    return sorted(rates, key=lambda found: (found.rate.value is None, found.rate.value or 0, fold(found.name)))
