"""The staff's report of dossier statistics: sums and rates by unit, month or field, the whole first."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from core.exports import Table
from core.templatetags.portal import rate as as_percent
from core.templatetags.portal import vn_number
from editorial.reports.table import Cell, Report
from services.dossiers import figures
from services.dossiers.forms import StatisticsReportFilter
from services.dossiers.measures import MEASURES, DossierRate, Sums
from services.dossiers.period import Period
from services.models.dossiers import COUNTS, Counts


class StatisticsReport(Report):
    name = "statistics"
    title = gettext_lazy("Dossier statistics")
    file_name = "so-lieu-ho-so"
    filter_class = StatisticsReportFilter
    filters: StatisticsReportFilter

    def columns(self) -> Sequence[Any]:
        names = {
            "unit": [_("Unit"), _("Months reported")],
            "unit-month": [_("Unit"), _("Month")],
            "month": [_("Month")],
            "field": [_("Field"), _("Months reported")],
        }
        counts = [Counts._meta.get_field(name).verbose_name.capitalize() for name in COUNTS]
        return (*names[self._by], *counts, *(measure.label for measure in MEASURES.values()))

    def count(self) -> int:
        return len(self._rows)

    def rows(self, start: int, stop: int) -> list[list[Any]]:
        return self._rows[start:stop]

    @cached_property
    def explanation(self) -> str:
        """What the rates are counted from and how; for which months, by what was reported until when."""
        total = self._total
        rules = [f"{measure.label}: {measure.formula}." for measure in MEASURES.values()]
        source = total.rate(MEASURES["online_a"], self._period).source
        return " ".join([_("Source: %(source)s.") % {"source": source}, *rules])

    def table(self) -> Table:
        """For files: each row says how its rates are counted and from what, since it may be read alone."""
        shown = super().table()
        return Table(
            shown.name, [*shown.columns, _("Rules and source")], ([*row, self.explanation] for row in shown.rows)
        )

    @cached_property
    def _period(self) -> Period:
        return self.filters.period

    @cached_property
    def _total(self) -> Sums:
        return figures.sums(self._period, **self.filters.asked)

    @property
    def _by(self) -> str:
        return self.filters.cleaned_data["by"]

    @cached_property
    def _rows(self) -> list[list[Any]]:
        makers = {
            "unit": self._by_unit,
            "unit-month": self._by_unit_and_month,
            "month": self._by_month,
            "field": self._by_field,
        }
        first = [_("Altogether")] + ([""] if self._by != "month" else [])
        return [[*first, *self._values(self._total)], *makers[self._by]()]

    def _by_unit(self) -> Iterator[list[Any]]:
        whole = len(self._period.months)
        for _slug, name, sums, months in figures.sums_by_unit(self._period, **self.filters.asked):
            reported = Cell(f"{months}/{whole}", alarms=months < whole)
            yield [name, reported, *self._values(sums)]

    def _by_unit_and_month(self) -> Iterator[list[Any]]:
        for month, units in figures.sums_by_unit_and_month(self._period, **self.filters.asked):
            for name, sums in units:
                yield [name, f"{month:%m/%Y}", *self._values(sums)]

    def _by_month(self) -> Iterator[list[Any]]:
        for month, sums in figures.sums_by_month(self._period, **self.filters.asked):
            yield [f"{month:%m/%Y}", *self._values(sums)]

    def _by_field(self) -> Iterator[list[Any]]:
        for _slug, name, sums, months in figures.sums_by_field(self._period, **self.filters.asked):
            yield [name, f"{months}/{len(self._period.months)}", *self._values(sums)]

    def _values(self, sums: Sums) -> list[Any]:
        rates = (sums.rate(measure, self._period) for measure in MEASURES.values())
        return [*(sums.numbers[name] for name in COUNTS), *map(in_figures, rates)]


def in_figures(rate: DossierRate) -> str:
    """1.021/1.214 (84,1%); of nothing, there is no share."""
    if rate.value is None:
        return pgettext("an average of no cases", "none arose")
    return f"{vn_number(rate.numerator)}/{vn_number(rate.denominator)} ({as_percent(rate.value)})"
