"""Time from signing to publication by unit and kind, with the share on time; and the pages behind each figure."""

from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property
from statistics import mean, median
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from core.templatetags.portal import rate
from editorial.calendar import office_calendar
from editorial.reports.filters import OUTSIDE, PeriodFilter
from editorial.reports.publishing_times import Timing, timings
from editorial.reports.table import Cell, Report

#: which pages stand behind a figure
OUTCOMES = {
    "measured": (gettext_lazy("Time measured"), lambda timing: timing.is_measured),
    "on_time": (gettext_lazy("On time"), lambda timing: timing.is_on_time),
    "late": (gettext_lazy("Late"), lambda timing: timing.is_late),
}


class TimedPageFilter(PeriodFilter):
    outcome = forms.ChoiceField(
        required=False,
        label=gettext_lazy("Pages behind the figure"),
        choices=[
            ("", gettext_lazy("All that were published")),
            *((key, name) for key, (name, _is) in OUTCOMES.items()),
        ],
    )
    field_order = ["since", "until", "unit", "kind", "outcome"]


class TimedReport(Report):
    """Base of both: pages that were first published in the period."""

    @cached_property
    def timings(self) -> list[Timing]:
        asked = self.filters.cleaned_data
        return timings(self.filters.pages(), asked["since"], asked["until"], office_calendar())


class TimeReport(TimedReport):
    name = "times"
    title = gettext_lazy("From signing to publication")
    note = gettext_lazy(
        "Pages that were first published in the period. Working days from the day of signing, for kinds without one"
        " from when the page was first sent; the day itself is not counted. Pages without a review are not measured."
        " On time is what was published by the day set when it was sent."
    )
    file_name = "thoi-gian-xuat-ban"
    filter_class = PeriodFilter

    def columns(self) -> Sequence[Any]:
        return (
            gettext_lazy("Unit"),
            gettext_lazy("Kind of content"),
            gettext_lazy("First published"),
            gettext_lazy("Time measured"),
            gettext_lazy("Median (working days)"),
            gettext_lazy("Mean (working days)"),
            gettext_lazy("On time"),
            gettext_lazy("Late"),
            gettext_lazy("Share on time"),
        )

    def count(self) -> int:
        return len(self._figures)

    def rows(self, start: int, stop: int) -> list[list[Any]]:
        return self._figures[start:stop]

    @cached_property
    def _figures(self) -> list[list[Any]]:
        """The whole first, then each unit and kind; nothing where nothing was published."""
        groups: dict[tuple[int | None, str], list[Timing]] = defaultdict(list)
        for timing in self.timings:
            groups[timing.unit, timing.kind].append(timing)
        places = {unit: place for place, unit in enumerate(self.filters.scope.unit_names)}
        ordered = sorted(
            groups, key=lambda group: (places.get(group[0], len(places)), self.filters.kind_name(group[1]))
        )
        whole = [[_("Altogether"), "", *self._values(self.timings)]] if groups else []
        return whole + [self._row(unit, kind, groups[unit, kind]) for unit, kind in ordered]

    def _place(self, group: tuple[int | None, str]) -> tuple[int, str]:
        """Units in their order, what lies outside of sections last."""
        units = list(self.filters.scope.unit_names)
        unit, kind = group
        return units.index(unit) if unit in units else len(units), self.filters.kind_name(kind)

    def _row(self, unit: int | None, kind: str, group: Sequence[Timing]) -> list[Any]:
        name = self.filters.unit_name(unit) or _("Outside of sections")
        return [name, self.filters.kind_name(kind), *self._values(group, unit=unit or OUTSIDE, kind=kind)]

    def _values(self, group: Sequence[Timing], **narrower: Any) -> list[Any]:
        days = [timing.days for timing in group if timing.days is not None]
        counts = {key: sum(map(is_one, group)) for key, (_name, is_one) in OUTCOMES.items()}
        none = pgettext("an average of no cases", "none arose")
        return [
            self._linked(len(group), **narrower),
            self._linked(counts["measured"], outcome="measured", **narrower),
            round(median(days), 1) if days else none,
            round(mean(days), 1) if days else none,
            self._linked(counts["on_time"], outcome="on_time", **narrower),
            self._linked(counts["late"], outcome="late", **narrower),
            share(counts["on_time"], counts["on_time"] + counts["late"]),
        ]

    def _linked(self, number: int, **query: Any) -> Cell:
        """A figure that leads to the pages behind it."""
        url = reverse("editorial:report", args=[TimedPagesReport.name]) + self.filters.query(**query)
        return Cell(number, url if number else "")


class TimedPagesReport(TimedReport):
    """The pages behind the figures, the latest first."""

    name = "times-pages"
    title = gettext_lazy("From signing to publication: the pages")
    is_part = True
    file_name = "thoi-gian-xuat-ban-tung-trang"
    filter_class = TimedPageFilter

    def columns(self) -> Sequence[Any]:
        return (
            pgettext_lazy("column of a report", "Page"),
            gettext_lazy("Kind of content"),
            gettext_lazy("Unit"),
            gettext_lazy("Counted from"),
            gettext_lazy("First published on"),
            gettext_lazy("Working days"),
            gettext_lazy("To be published by"),
            gettext_lazy("Result"),
        )

    def count(self) -> int:
        return len(self._asked)

    def rows(self, start: int, stop: int) -> list[list[Any]]:
        return [self._row(timing) for timing in self._asked[start:stop]]

    @cached_property
    def _asked(self) -> list[Timing]:
        outcome = self.filters.cleaned_data["outcome"]
        return [timing for timing in self.timings if not outcome or OUTCOMES[outcome][1](timing)]

    def _row(self, timing: Timing) -> list[Any]:
        return [
            Cell(timing.title, reverse("wagtailadmin_pages:history", args=[timing.page])),
            self.filters.kind_name(timing.kind),
            self.filters.unit_name(timing.unit),
            timing.start,
            timing.published_on,
            timing.days,
            timing.due_on,
            Cell(result_in_words(timing), alarms=timing.is_late),
        ]


def share(number: int, of: int) -> str:
    """3/4 (75,0%); of nothing, there is no share."""
    return f"{number}/{of} ({rate(number / of)})" if of else pgettext("an average of no cases", "none arose")


def result_in_words(timing: Timing) -> str:
    if timing.due_on is None:
        return _("published without a review")
    return _("late") if timing.is_late else _("on time")
