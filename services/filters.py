"""The catalogue's query string: page, downloads and API alike."""

import datetime
from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.facets import FacetedList
from core.filters import DayField, FacetField, ListFilter
from core.page_cache import per_version, today
from core.templatetags.portal import vn_date
from core.text import fold
from departments.vocabularies import field_choices, unit_choices
from services.catalogue import UNKNOWN, CatalogueItem, catalogue, catalogue_words
from services.lookup.columns import column_choices
from services.models.maturity import EXTENT_CHOICES, LEVEL_CHOICES
from services.models.procedures import AudienceGroup, LifeEvent

LEVELS = [(str(level), label) for level, label in reversed(LEVEL_CHOICES)]
TIERS = [
    ("ministry", _("Ministry")),
    ("province", _("Province")),
    ("district", _("District")),
    ("commune", _("Commune, town")),
]


VIEWS = [("", _("As a list")), ("table", _("As a table"))]


@per_version
def event_choices() -> tuple[tuple[str, str], ...]:
    return tuple((event.slug, event.local_name) for event in LifeEvent.objects.all())


#: an earlier day is a slip of the keyboard: levels of online services were first defined in this century
FIRST_DAY = datetime.date(2000, 1, 1)
#: how far ahead recorded levels may be looked up
AHEAD = datetime.timedelta(days=366)


class ServiceFilter(ListFilter):
    """Words, level, extent, field, unit, audience, level of government, life event, online payment, day, changes."""

    q = forms.CharField(required=False, max_length=255, strip=True, label=_("Words in the catalogue"))
    level = FacetField(label=_("Level"), choices=[*LEVELS, (UNKNOWN, _("Level not determined"))])
    extent = FacetField(label=_("Online extent"), choices=EXTENT_CHOICES)
    government = FacetField(label=_("Level of government"), choices=TIERS)
    field = FacetField(label=_("Field"), choices=field_choices, by_count=True)
    unit = FacetField(label=_("Executing unit"), choices=unit_choices, by_count=True)
    audience = FacetField(label=_("Who may apply"), choices=AudienceGroup.choices)
    event = FacetField(label=_("Life event"), choices=event_choices)
    payment = FacetField(label=_("Payment"), choices=[("1", _("Online payment")), ("0", _("No online payment"))])
    date = DayField(label=_("Level on the day"), help_text=_("The catalogue as it was on a past day."))
    changed_since = DayField(label=_("Level recorded since"), help_text=_("Services with a record from that day on."))

    def __init__(self, data: Any = None, *, locale_id: int, **kwargs: Any) -> None:
        self.locale_id = locale_id
        super().__init__(data, **kwargs)

    @property
    def day(self) -> datetime.date:
        """The day of all figures; today where none is asked for or the one asked for is refused."""
        return getattr(self, "cleaned_data", {}).get("date") or today()

    def clean_date(self) -> datetime.date | None:
        day = self.cleaned_data["date"]
        if day and not FIRST_DAY <= day <= today() + AHEAD:
            message = _("Enter a day from %(first)s to %(last)s.")
            raise ValidationError(message % {"first": vn_date(FIRST_DAY), "last": vn_date(today() + AHEAD)})
        return day

    def clean_changed_since(self) -> datetime.date | None:
        since = self.cleaned_data["changed_since"]
        if since and since > self.day:
            raise ValidationError(_("This day is after the day of the figures."))
        return since

    def catalogue(self, locale_id: int) -> FacetedList[CatalogueItem]:
        """The services to choose from: as of the day and, with `unit`, at the levels of the units asked for."""
        return catalogue(locale_id, self.day, tuple(sorted(self.chosen["unit"])))

    def narrows(self) -> bool:
        return super().narrows() or self.cleaned_data["changed_since"] is not None

    def passes(self, item: CatalogueItem) -> bool:
        since = self.cleaned_data["changed_since"]
        if since and not item.changed_since(since):
            return False
        words = catalogue_words(self.locale_id).get(item.page_id, "") if self._words else ""
        return all(word in words for word in self._words)

    @cached_property
    def _words(self) -> list[str]:
        return fold(self.cleaned_data["q"]).split()


class CatalogueQuery(ServiceFilter):
    """The query string of the catalogue's pages and downloads: which services, as a list or a table, which columns."""

    display = ("view", "columns")

    view = forms.ChoiceField(required=False, choices=VIEWS, label=_("Shown as"))
    columns = forms.MultipleChoiceField(
        required=False, choices=column_choices, label=_("Columns of the table"), widget=forms.CheckboxSelectMultiple
    )

    @property
    def is_table(self) -> bool:
        return getattr(self, "cleaned_data", {}).get("view") == "table"
