"""The rate of services at level 3 and above, never without what explains it."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.page_cache import today
from core.templatetags.portal import rate as as_percent
from services.catalogue import CatalogueItem, is_online
from services.maturity import MaturityLevel, Rate

LEVELS = (4, 3, 2, 1, 0)


@dataclass(frozen=True, slots=True)
class LevelRate:
    """The rate with its spread over the levels (0: undetermined), ready for bars and tables."""

    rate: Rate
    by_level: Counter[int]

    @property
    def segments(self) -> list[dict[str, Any]]:
        """Share of each level, 4 first; `x` and `width` in per cent of the whole."""
        found, x = [], 0.0
        for level in LEVELS:
            width = 100 * self.by_level[level] / self.rate.denominator if self.rate.denominator else 0
            found.append({"level": level, "count": self.by_level[level], "x": round(x, 3), "width": round(width, 3)})
            x += width
        return found

    @property
    def label(self) -> str:
        """The spread in one sentence."""
        parts = [
            _("level %(level)s: %(count)s") % {"level": level, "count": self.by_level[level]}
            for level in LEVELS
            if level
        ]
        if self.by_level[0]:
            parts.append(_("not determined: %(count)s") % {"count": self.by_level[0]})
        return _("Services by level: %(parts)s.") % {"parts": ", ".join(parts)}


def level_rate(items: Iterable[CatalogueItem], units: tuple[str, ...], on: date | None = None) -> LevelRate:
    """Services at level 3 or 4 ÷ all services of the units (Kế hoạch 45/KH-UBND; domain formula).

    Counted are live services that a unit of this portal executes and that are in force; one without a level is in the
    denominator and not met.
    """
    by_level = Counter(item.state.level or 0 for item in items if item.counts)
    return LevelRate(counted_rate(by_level, units, on), by_level)


def counted_rate(by_level: Mapping[int, int], units: tuple[str, ...], on: date | None = None) -> Rate:
    """The same of services that are known to count, by how many are at each level (0: undetermined)."""
    return Rate(
        numerator=sum(count for level, count in by_level.items() if level >= MaturityLevel.ONLINE_SUBMISSION),
        denominator=sum(by_level.values()),
        units=units,
        date=on or today(),
        formula=_("(level 3 + level 4) ÷ all procedures"),
        source=_("the catalogue of this portal"),
    )


def tier_parts(items: Iterable[CatalogueItem]) -> list[str]:
    """The rate of district and commune procedures, each with numerator and denominator."""
    counted = [item for item in items if item.counts]
    names = {"district": _("District level"), "commune": _("Commune level")}
    parts = []
    for tier, name in names.items():
        whole = [item for item in counted if tier in item.fixed["government"]]
        if whole:
            met = sum(1 for item in whole if is_online(item.state))
            parts.append(f"{name} {met}/{len(whole)} ({as_percent(met / len(whole))})")
    return parts


_explanation: Callable[[], str] = str


def register_explanation(url: Callable[[], str]) -> None:
    """The app that owns plain pages says where the rate is explained, in the language of the request; or ""."""
    global _explanation
    _explanation = url


def presented(found: LevelRate) -> dict[str, Any]:
    """The rate for templates: never without numerator, denominator, date, formula and source."""
    rate = found.rate
    return {
        "numerator": rate.numerator,
        "denominator": rate.denominator,
        "value": rate.value,
        "none_arose": rate.value is None,
        "date": rate.date,
        "formula": rate.formula,
        "formula_url": _explanation(),
        "scope": _("(those described only in Vietnamese included)") if get_language() != settings.LANGUAGE_CODE else "",
        "source": rate.source,
        "segments": found.segments,
        "label": found.label,
        "rows": [
            {"level": level or None, "count": found.by_level[level]} for level in LEVELS if level or found.by_level[0]
        ],
    }
