"""Dossiers of the year until the month of a day: communes against the plan's target, and on time by month."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.charts import percent_columns
from core.page_cache import per_version
from core.templatetags.portal import rate as as_percent
from departments.models import DepartmentPage
from plans.dashboard.figures import shown, target_bar, target_words
from plans.models.targets import COMMUNE_KINDS, Measure, Scope, Target
from services.dossiers import figures
from services.dossiers.figures import UnitRate
from services.dossiers.period import Period


def of_communes(targets: Sequence[Target], day: date, locale_id: int) -> dict[str, Any] | None:
    """Communes by their share of dossiers filed online, the lowest first; None where nothing is reported."""
    period, target = Period.year_to(day), _target(targets)
    fields = [field.slug for field in target.fields.all()] if target else []
    asked: dict[str, Collection[str] | None] = {"kinds": COMMUNE_KINDS, "fields": fields or None}
    found = figures.online_rates_by_unit(period, **asked)
    if not any(unit.months for unit in found):
        return None
    urls = _addresses(locale_id)
    rows = [_unit_row(unit, target, urls.get(unit.slug, "")) for unit in found]
    whole = shown(figures.online_rate(period, **asked), _("dossiers"))
    whole["units"] = ngettext("%(n)s commune or town", "%(n)s communes and towns", len(found)) % {"n": len(found)}
    return {"rows": rows, "rate": whole, "period": str(period), "words": _behind_words(found, target)}


def on_time(day: date) -> dict[str, Any] | None:
    """Dossiers finished on time in each month of the year; None where nothing was finished."""
    period = Period.year_to(day)
    months = figures.on_time_by_month(period)
    rows = [{"name": f"{month:%m/%Y}"} | shown(rate, _("dossiers")) for month, rate in months]
    spoken = [f"{row['name']}: {_('none arose') if row['none_arose'] else as_percent(row['value'])}" for row in rows]
    chart = percent_columns(
        [(str(month.month), rate.percent) for month, rate in months],
        title=_("Dossiers finished on time by month, per cent"),
        description="; ".join(spoken),
    )
    whole = figures.on_time_rate(period)
    return chart and {"chart": chart, "rows": rows, "rate": shown(whole, _("dossiers"))}


def _target(targets: Sequence[Target]) -> Target | None:
    """The first target for dossiers of communes filed online; None where the plan sets none."""
    wanted = (Measure.ONLINE_DOSSIERS, Scope.COMMUNES)
    return next((target for target in targets if (target.measure, target.scope) == wanted), None)


@per_version
def _addresses(locale_id: int) -> dict[str, str]:
    """Address of the section of each unit, by its short word."""
    pages = DepartmentPage.objects.live().public().filter(locale_id=locale_id).select_related("department", "locale")
    return {page.department.slug: page.get_url() or "" for page in pages}


def _unit_row(unit: UnitRate, target: Target | None, url: str) -> dict[str, Any]:
    rate = shown(unit.rate)
    state = None
    if not unit.months:
        state = {"kind": "info", "text": _("Not reported")}
    elif unit.rate.percent is None:
        state = {"kind": "grey", "text": _("None arose")}
    elif target and not target.is_met_by(unit.rate.percent):
        state = {"kind": "warn", "text": _("Not met")}
    return {"name": unit.name, "url": url, "rate": rate, "state": state, "bar": target_bar(unit.rate, target)}


def _behind_words(found: Sequence[UnitRate], target: Target | None) -> str:
    """How many of the communes miss the target; "" where there is none."""
    if target is None:
        return ""
    behind = sum(unit.rate.percent is not None and not target.is_met_by(unit.rate.percent) for unit in found)
    words = _("%(behind)s of %(all)s communes and towns do not reach the target of %(target)s.")
    return words % {"behind": behind, "all": len(found), "target": target_words(target)}
