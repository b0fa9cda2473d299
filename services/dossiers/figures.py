"""Rates of dossiers by period, unit, field and month, each in a constant number of queries."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import get_language

from core.text import fold
from departments.models import Department
from services.dossiers.measures import ON_TIME, VARIANTS, DossierRate, Measure, Sums
from services.dossiers.period import Period
from services.models.dossiers import DossierTotal

Words = Collection[str] | None
#: columns that name a unit
UNIT = ("unit__slug", "unit__name", "unit__short_name", "unit__name_en")
FIELD = ("field__slug", "field__name", "field__name_en")


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
    return _sums(DossierTotal.objects.within(period).of(**asked).summed(*UNIT))


def rate(measure: Measure, period: Period, **asked: Words) -> DossierRate:
    return sums(period, **asked).rate(measure, period)


def sums_by_unit(period: Period, **asked: Words) -> list[tuple[str, str, Sums, int]]:
    """Short word, name, sums and months with figures of each unit, by name.

    Of the units that carry out procedures and existed in the period, and of all others that have figures.
    """
    rows = {row["unit__slug"]: row for row in DossierTotal.objects.within(period).of(**asked).summed(*UNIT)}
    expected = _expected(period, asked).values_list("slug", "name", "short_name", "name_en")
    names = {slug: _label(*words) for slug, *words in expected}
    names |= {slug: _unit_name(row) for slug, row in rows.items()}
    found = []
    for slug, name in sorted(names.items(), key=lambda unit: (fold(unit[1]), unit[0])):
        row = rows.get(slug)
        found.append((slug, name, Sums.of([row] if row else [], [name]), row["months"] if row else 0))
    return found


def rates_by_unit(measure: Measure, period: Period, **asked: Words) -> list[UnitRate]:
    units = sums_by_unit(period, **asked)
    return _lowest_first(NamedRate(slug, name, own.rate(measure, period), months) for slug, name, own, months in units)


def sums_by_field(period: Period, **asked: Words) -> list[tuple[str, str, Sums, int]]:
    """Short word, name, sums and months with figures of each field that has any, by name."""
    groups = _grouped(DossierTotal.objects.within(period).of(**asked).summed(*FIELD, *UNIT), "field__slug")
    found = []
    for slug, rows in groups.items():
        name = _label(rows[0]["field__name"], "", rows[0]["field__name_en"])
        found.append((slug, name, _sums(rows), max(row["months"] for row in rows)))
    return sorted(found, key=lambda field: (fold(field[1]), field[0]))


def rates_by_field(measure: Measure, period: Period, **asked: Words) -> list[FieldRate]:
    """Of the fields that have figures; the lowest first."""
    fields = sums_by_field(period, **asked)
    return _lowest_first(NamedRate(slug, name, own.rate(measure, period), months) for slug, name, own, months in fields)


def sums_by_month(period: Period, **asked: Words) -> list[tuple[date, Sums]]:
    groups = _grouped(DossierTotal.objects.within(period).of(**asked).summed("month", *UNIT), "month")
    return [(month, _sums(groups.get(month, []))) for month in period.months]


def sums_by_unit_and_month(period: Period, **asked: Words) -> list[tuple[date, list[tuple[str, Sums]]]]:
    """Of each month, name and sums of the units that have figures, by name."""
    groups = _grouped(DossierTotal.objects.within(period).of(**asked).summed("month", *UNIT), "month")
    units = {month: [(_unit_name(row), _sums([row])) for row in rows] for month, rows in groups.items()}
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


def _sums(rows: Iterable[Mapping[str, Any]]) -> Sums:
    rows = list(rows)
    return Sums.of(rows, sorted((_unit_name(row) for row in rows), key=fold))


def _grouped(rows: Iterable[Mapping[str, Any]], column: str) -> dict[Any, list[Mapping[str, Any]]]:
    groups: dict[Any, list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        groups[row[column]].append(row)
    return groups


def _lowest_first(rates: Iterable[NamedRate]) -> list[NamedRate]:
    return sorted(rates, key=lambda found: (found.rate.value is None, found.rate.value or 0, fold(found.name)))


def _unit_name(row: Mapping[str, Any]) -> str:
    return _label(*(row[column] for column in UNIT[1:]))


def _label(name: str, short_name: str, name_en: str) -> str:
    """As `Department.label`."""
    return (name_en if get_language() == "en" else short_name) or name
