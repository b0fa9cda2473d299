"""Services by level over the years and by field, counted in the catalogue as of a day."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from core.addresses import index_address
from core.templatetags.portal import vn_number
from departments.vocabularies import field_names
from plans.dashboard.figures import shown
from plans.models.plans import Plan
from plans.models.targets import Measure, Scope, Target
from services.catalogue import CatalogueItem, counted_catalogue
from services.level_counts import counted
from services.models.pages import ServicePage
from services.rates import LEVELS, LevelRate, counted_rate, level_rate

#: year ends shown before the day of the figures
YEARS_BEFORE = 3


def by_year(plan: Plan, targets: Sequence[Target], day: date) -> dict[str, Any] | None:
    """Services by level at the ends of the years before and on the day; without years of which no level is known."""
    days = [date(plan.year - back, 12, 31) for back in range(YEARS_BEFORE, 0, -1)] + [day]
    found = [(each, _whole(each)) for each in days]
    known = [(each, rate) for each, rate in found if rate.rate.denominator > rate.by_level[0]]
    if not known:
        return None
    levels = _levels([rate for _day, rate in known])
    rows = [_spread(rate, levels) | {"name": _year_words(each), "date": each} for each, rate in known]
    target = _target(targets)
    if target and known[-1][0] == day:
        x = float(target.value)
        rows[-1]["target"] = {"x": x, "label": _("target %(target)s") % {"target": f"{vn_number(x)}%"}}
    return {"levels": levels, "rows": rows, "rate": rows[-1]["rate"]}


def _target(targets: Sequence[Target]) -> Target | None:
    """The first target for the share of all services at level 3 and above; None where the plan sets none."""
    wanted = (Measure.LEVELS, Scope.WHOLE)
    found = (each for each in targets if (each.measure, each.scope) == wanted and not each.fields.all())
    return next(found, None)


def by_field(day: date, locale_id: int) -> dict[str, Any] | None:
    """Services by level in each field, the field with most services first, with the address of each list."""
    fields: dict[str, list[CatalogueItem]] = defaultdict(list)
    items = counted_catalogue(day)
    for item in items:
        if item.counts:
            fields[item.field].append(item)
    names, address = field_names(), index_address(ServicePage.index_model, locale_id)
    found = [(slug, _rate(own, names.get(slug, slug), day)) for slug, own in fields.items()]
    found.sort(key=lambda row: (-row[1].rate.denominator, names.get(row[0], row[0])))
    if not found:
        return None
    levels = _levels([rate for _slug, rate in found])
    rows = [
        _spread(rate, levels) | {"name": rate.rate.units[0], "url": f"{address.path}?field={slug}" if address else ""}
        for slug, rate in found
    ]
    return {"levels": levels, "rows": rows, "rate": shown(_whole(day).rate)}


def _whole(day: date) -> LevelRate:
    by_level = counted(day)
    return LevelRate(counted_rate(by_level, (str(Scope.WHOLE.label),), day), by_level)


def _rate(items: Sequence[CatalogueItem], units: str, day: date) -> LevelRate:
    return level_rate(items, (units,), day)


def _levels(rates: Sequence[LevelRate]) -> list[int | None]:
    """Levels of the columns of a table, 4 first; None for undetermined, where one is."""
    return [level or None for level in LEVELS if level or any(rate.by_level[0] for rate in rates)]


def _spread(found: LevelRate, levels: Sequence[int | None]) -> dict[str, Any]:
    return {
        "segments": found.segments,
        "label": found.label,
        "rate": shown(found.rate),
        "counts": [{"level": level, "count": found.by_level[level or 0]} for level in levels],
    }


def _year_words(day: date) -> str:
    return str(day.year) if (day.month, day.day) == (12, 31) else f"{day:%m/%Y}"
