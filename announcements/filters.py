"""Query strings of the lists of documents and of announcements: page, downloads and API alike."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from announcements import reference
from announcements.models.announcements import AnnouncementKind
from announcements.register import AnnouncementItem, DirectiveItem, has_words
from announcements.vocabularies import type_choices, year_choices
from announcements.wording import VALIDITY_CHOICES
from core.facets import Selection
from core.filters import DayField, FacetField, ListFilter
from departments.vocabularies import field_choices, unit_choices

STATE_CHOICES = [("in_force", _("In force")), ("expired", _("Expired"))]


class DatedFilter(ListFilter):
    """A list with a range of days; a range that ends before it begins is malformed."""

    #: name of the range whose ends are `<name>_from` and `<name>_to`
    dated_by: str

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        first, last = self.days
        if first and last and last < first:
            self.add_error(f"{self.dated_by}_to", _("This day comes before the first day."))
        return data

    @property
    def days(self) -> tuple[date | None, date | None]:
        """First and last day asked for."""
        data = self.cleaned_data
        return data.get(f"{self.dated_by}_from"), data.get(f"{self.dated_by}_to")

    def narrows(self) -> bool:
        return any(self.days) or super().narrows()

    def holds(self, day: date | None) -> bool:
        """True where a day lies in the range asked for; one that is not known lies in no range."""
        first, last = self.days
        if not (first or last):
            return True
        return day is not None and (first is None or first <= day) and (last is None or day <= last)


class DirectiveFilter(DatedFilter):
    """Number or words, type, validity, issuer, field, year, days of issue."""

    dated_by = "issued"
    range_labels = {"issued": _("Date of issue")}

    q = forms.CharField(
        required=False,
        max_length=255,
        strip=True,
        label=_("Number, symbol or abstract"),
        help_text=_("For example: 45/KH-UBND or 45 kh"),
    )
    type = FacetField(label=_("Type of document"), choices=type_choices, by_count=True)
    validity = FacetField(label=_("Validity"), choices=VALIDITY_CHOICES)
    issuer = FacetField(label=_("Issuer"), choices=unit_choices, by_count=True)
    field = FacetField(label=_("Field"), choices=field_choices, by_count=True)
    year = FacetField(label=_("Year of issue"), choices=year_choices)
    issued_from = DayField(label=_("From day"))
    issued_to = DayField(label=_("To day"))

    def select(self, items: Iterable[DirectiveItem]) -> Selection[DirectiveItem]:
        """A number typed in any form finds its document; where there is none, documents that mention it."""
        listed = list(items)
        asked = reference.find(self.cleaned_data.get("q", ""))
        self.asked = asked if asked and any(_is(item, asked) for item in listed) else None
        return super().select(listed)

    def passes(self, item: DirectiveItem) -> bool:
        if not self.holds(item.issued_on):
            return False
        return _is(item, self.asked) if self.asked else has_words(self.cleaned_data["q"], item.words)


def _is(item: DirectiveItem, asked: reference.ReferenceQuery) -> bool:
    return item.reference_key in asked.keys and asked.year in (None, item.year)


class AnnouncementFilter(DatedFilter):
    """Words, kind, unit, state, urgency, days of publication."""

    dated_by = "published"
    range_labels = {"published": _("Date of publication")}

    q = forms.CharField(required=False, max_length=255, strip=True, label=_("Words in the announcement"))
    urgent = FacetField(label=_("Urgency"), choices=[("1", _("Urgent"))])
    state = FacetField(label=_("State"), choices=STATE_CHOICES)
    kind = FacetField(label=_("Kind"), choices=AnnouncementKind.choices, shown=7)
    unit = FacetField(label=_("Unit"), choices=unit_choices, by_count=True)
    published_from = DayField(label=_("From day"))
    published_to = DayField(label=_("To day"))

    def passes(self, item: AnnouncementItem) -> bool:
        return self.holds(item.dated_on) and has_words(self.cleaned_data["q"], item.words)
