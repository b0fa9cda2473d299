"""The rates of dossiers: what is counted and among what (docs/statistics.md)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.page_cache import today
from core.templatetags.portal import vn_date, vn_number
from services.dossiers.period import Period
from services.maturity import Rate
from services.querysets import SUMMED


@dataclass(frozen=True)
class DossierRate(Rate):
    """A rate of dossiers, with what is shown beside it."""

    #: dossiers received by post in the period, which variant A leaves out
    by_post: int = 0
    #: some of the figures are samples, not facts
    has_samples: bool = False


@dataclass(frozen=True, slots=True)
class Measure:
    """A rate: sums that make the numerator, those that the denominator has besides."""

    name: str
    label: Promise
    formula: Promise
    counted: tuple[str, ...]
    besides: tuple[str, ...]


ONLINE = Measure(
    "online_a",
    gettext_lazy("Online dossiers, variant A"),
    gettext_lazy(
        "online ÷ (online + in person), of services at level 3 or 4 at the end of each month;"
        " what is given for a whole field counts whole; by post apart"
    ),
    ("counted_online",),
    ("counted_in_person",),
)
ONLINE_OF_ALL = Measure(
    "online_b",
    gettext_lazy("Online dossiers, variant B"),
    gettext_lazy("online ÷ all dossiers received"),
    ("received_online",),
    ("received_in_person", "received_by_post"),
)
ON_TIME = Measure(
    "on_time",
    gettext_lazy("Dossiers finished on time"),
    gettext_lazy("(early + on time) ÷ all dossiers finished"),
    ("finished_early", "finished_on_time"),
    ("finished_late",),
)
MEASURES = {measure.name: measure for measure in (ONLINE, ONLINE_OF_ALL, ON_TIME)}
#: variants of the online rate: the plan of 2019, and of all dossiers
VARIANTS = {"A": ONLINE, "B": ONLINE_OF_ALL}


@dataclass(frozen=True, slots=True)
class Sums:
    """Figures added up, with the units that they come from."""

    numbers: Mapping[str, int]
    units: tuple[str, ...]
    latest: Any = None

    @classmethod
    def of(cls, rows: Iterable[Mapping[str, Any]], units: Iterable[str]) -> "Sums":
        """Of rows of `DossierTotalQuerySet.summed`."""
        rows = list(rows)
        numbers = {name: sum(row[name] for row in rows) for name in SUMMED}
        latest = max((row["latest"] for row in rows if row["latest"]), default=None)
        return cls(numbers, tuple(dict.fromkeys(units)), latest)

    def rate(self, measure: Measure, period: Period) -> DossierRate:
        counted = sum(self.numbers[name] for name in measure.counted)
        return DossierRate(
            numerator=counted,
            denominator=counted + sum(self.numbers[name] for name in measure.besides),
            units=self.units or (_("all units"),),
            date=min(period.until, today()),
            formula=str(measure.formula),
            source=self._source(measure, period),
            by_post=self.numbers["received_by_post"],
            has_samples=bool(self.numbers["samples"]),
        )

    def _source(self, measure: Measure, period: Period) -> str:
        if self.latest is None:
            return _("figures of the units for %(period)s: none reported yet") % {"period": period}
        day = vn_date(timezone.localdate(self.latest))
        parts = [_("figures reported by the units for %(period)s, as of %(day)s") % {"period": period, "day": day}]
        if self.numbers["samples"]:
            parts.append(_("samples among them"))
        if measure is ONLINE and (whole := self.numbers["counted_whole"]):
            parts.append(_("%(number)s dossiers given by field") % {"number": vn_number(whole)})
        return "; ".join(parts)
