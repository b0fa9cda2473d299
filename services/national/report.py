"""Report: where the catalogue differs from the national list, by unit and kind of difference."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from editorial.reports.filters import OUTSIDE, ReportFilter
from editorial.reports.table import Cell, Report, local
from services.models.national import FindingKind, NationalComparison, NationalFinding


class NationalFilter(ReportFilter):
    """By unit and by kind of difference; differences of no unit are "outside of sections"."""

    kind = forms.ChoiceField(required=False, label=gettext_lazy("Difference"))

    def __init__(self, data: Any, **values: Any) -> None:
        super().__init__(data, **values)
        self.fields["kind"].choices = [("", _("All differences")), *FindingKind.choices]

    def findings(self) -> QuerySet:
        found, unit = NationalFinding.objects.all(), self.cleaned_data["unit"]
        if not self.scope.is_whole:
            found = found.filter(_of_units(self.scope.units))
        if unit == OUTSIDE:
            found = found.filter(unit=None).filter(Q(procedure=None) | Q(procedure__units=None))
        elif unit:
            found = found.filter(_of_units([int(unit)]))
        if kind := self.cleaned_data["kind"]:
            found = found.filter(kind=kind)
        return found.distinct()


def _of_units(units: Any) -> Q:
    return Q(unit__in=units) | Q(procedure__units__in=units)


class NationalReport(Report):
    name = "national"
    title = gettext_lazy("Differences from the national list")
    note = gettext_lazy("By the last comparison with the national list. Nothing is changed by it.")
    file_name = "khac-danh-muc-quoc-gia"
    filter_class = NationalFilter

    def columns(self) -> Sequence[Any]:
        return (
            pgettext_lazy("column of a report", "Code"),
            pgettext_lazy("column of a report", "Procedure"),
            gettext_lazy("Difference"),
            gettext_lazy("On this portal"),
            gettext_lazy("In the national list"),
            gettext_lazy("Units"),
            gettext_lazy("Found on"),
            gettext_lazy("Day of the national list"),
        )

    def count(self) -> int:
        return self.filters.findings().count()

    def rows(self, start: int, stop: int) -> list[list[Any]]:
        found = self.filters.findings().select_related("unit").prefetch_related("procedure__units", "procedure__pages")
        listed_on = NationalComparison.objects.values_list("listed_on", flat=True).first()
        return [self._row(finding, listed_on) for finding in found[start:stop]]

    @staticmethod
    def _row(finding: NationalFinding, listed_on: Any) -> list[Any]:
        procedure = finding.procedure
        units = list(procedure.units.all()) if procedure else [finding.unit] if finding.unit else []
        page = next(iter(procedure.pages.all()), None) if procedure else None
        url = reverse("wagtailadmin_pages:edit", args=[page.pk]) if page else ""
        return [
            finding.code,
            Cell(finding.name, url),
            finding.get_kind_display(),
            finding.here,
            finding.there,
            "; ".join(unit.label for unit in units),
            local(finding.found_at),
            listed_on,
        ]
