"""What is asked about dossier statistics: months, units, kinds of units, fields; for the API and the staff's report."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.filters import FacetField, ListFilter
from core.page_cache import today
from departments.models import DepartmentKind
from departments.vocabularies import field_choices, unit_choices
from services.dossiers.period import Period, first_of, read_month
from services.models.dossiers import DossierTotal

#: months that can be asked for
FIRST_MONTH, LAST_MONTH = date(2000, 1, 1), date(2100, 12, 1)
#: months of one answer
LONGEST = 120


class MonthField(forms.CharField):
    """A month as people write it (03/2019) or as machines do (2019-03); its first day."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            required=False, max_length=10, help_text=gettext_lazy("A month, as 03/2019 or 2019-03."), **kwargs
        )

    def clean(self, value: Any) -> date | None:
        text = super().clean(value)
        if not text:
            return None
        month = read_month(text)
        if month is None or not FIRST_MONTH <= month <= LAST_MONTH:
            raise forms.ValidationError(_("Enter a month such as 03/2019, from 2000 to 2100."))
        return month


class StatisticsFilter(ListFilter):
    """Without months: the year of the latest month that was reported, up to it."""

    q = None
    month_from = MonthField(label=gettext_lazy("From month"))
    month_to = MonthField(label=gettext_lazy("To month"))
    unit = FacetField(label=gettext_lazy("Unit"), choices=unit_choices)
    kind = FacetField(label=gettext_lazy("Kind of unit"), choices=DepartmentKind.choices)
    field = FacetField(label=gettext_lazy("Field"), choices=field_choices)

    def clean(self) -> None:
        super().clean()
        if self.errors:
            return
        begin, end = self.cleaned_data["month_from"], self.cleaned_data["month_to"]
        if begin and end and end < begin:
            self.add_error("month_to", _("The period cannot end before it begins."))
        elif begin and end and len(Period(begin, end).months) > LONGEST:
            self.add_error("month_from", _("At most %(months)d months can be asked for at once.") % {"months": LONGEST})

    @property
    def period(self) -> Period:
        """The months asked for; the form must be valid."""
        begin, end = self.cleaned_data["month_from"], self.cleaned_data["month_to"]
        if end is None:
            end = max(latest_month(), begin or FIRST_MONTH)
        return Period(max(begin, _earliest(end)), end) if begin else Period.year_to(end)

    @property
    def asked(self) -> dict[str, Any]:
        """Units, kinds and fields as `services.dossiers.figures` takes them."""
        names = {"units": "unit", "kinds": "kind", "fields": "field"}
        return {name: _several(self.cleaned_data[own]) for name, own in names.items()}


def latest_month() -> date:
    """The latest month of which figures are stored; the present one where there are none."""
    found = DossierTotal.objects.order_by("-month").values_list("month", flat=True).first()
    return found or first_of(today())


def _earliest(end: date) -> date:
    """So that an open period is not longer than one that may be asked for."""
    return date(end.year - LONGEST // 12 + 1, 1, 1)


def _several(value: str | list[str]) -> list[str] | None:
    """One value or several as a list; None where nothing is asked for."""
    return ([value] if isinstance(value, str) else value) if value else None
