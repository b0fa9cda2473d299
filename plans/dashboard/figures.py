"""Rates and bars as templates are given them."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.templatetags.portal import rate as as_percent
from core.templatetags.portal import vn_number
from plans.models.targets import Target
from services.maturity import Rate

#: units of a rate that are named one by one
MOST_NAMES = 5


def shown(rate: Rate, counted: str = "") -> dict[str, Any]:
    """A rate for templates, never without what explains it; `counted` names what the two numbers count."""
    return {
        "value": rate.value,
        "none_arose": rate.value is None,
        "numerator": rate.numerator,
        "denominator": rate.denominator,
        "counted": counted,
        "units": _unit_words(rate.units),
        "date": rate.date,
        "formula": rate.formula,
        "source": rate.source,
    }


def _unit_words(units: Sequence[str]) -> str:
    """The units of a rate by name; where they are many, their number."""
    if len(units) <= MOST_NAMES:
        return ", ".join(units)
    return ngettext("%(n)s unit", "%(n)s units", len(units)) % {"n": len(units)}


def target_words(target: Target) -> str:
    """≥ 55%"""
    return f"{target.sign} {vn_number(target.value)}%".strip()


def target_bar(rate: Rate | None, target: Target | None) -> dict[str, Any]:
    """For components/target_bar.html; without a target every bar is solid."""
    percent = rate.percent if rate else None
    if rate is None:
        result = _("not reported")
    elif percent is None:
        result = _("none arose")
    else:
        result = f"{as_percent(rate.value)} ({vn_number(rate.numerator)}/{vn_number(rate.denominator)})"
    label = _("Result: %(result)s.") % {"result": result}
    if target:
        label = f"{label} " + _("Target: %(target)s.") % {"target": target_words(target)}
    return {
        "value": None if percent is None else round(percent, 2),
        "target": float(target.value) if target else None,
        "is_met": percent is not None and (target is None or target.is_met_by(percent)),
        "label": label,
    }


def gap_words(gap: float) -> str:
    """How far a result falls short, in percentage points; one that rounding would hide is said to be small."""
    points = round(-gap, 1)
    words = as_percent(max(points, 0.1) / 100).removesuffix("%")
    if points < 0.1:
        return _("less than %(points)s points short") % {"points": words}
    return _("%(points)s points short") % {"points": words}
