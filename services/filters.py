"""The catalogue's query string: page, downloads and API alike."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.facets import Selection
from core.filters import FacetField, ListFilter
from core.page_cache import per_version
from core.text import fold
from departments.vocabularies import field_choices, unit_choices
from services.catalogue import UNKNOWN, CatalogueItem, catalogue_words
from services.models.maturity import EXTENT_CHOICES, LEVEL_CHOICES
from services.models.procedures import AudienceGroup, LifeEvent

LEVELS = [(str(level), label) for level, label in reversed(LEVEL_CHOICES)]
TIERS = [
    ("ministry", _("Ministry")),
    ("province", _("Province")),
    ("district", _("District")),
    ("commune", _("Commune, town")),
]


@per_version
def event_choices() -> tuple[tuple[str, str], ...]:
    return tuple((event.slug, event.local_name) for event in LifeEvent.objects.all())


class ServiceFilter(ListFilter):
    """Words, level, extent, field, unit, audience, level of government, life event, online payment."""

    q = forms.CharField(required=False, max_length=255, strip=True, label=_("Words in the catalogue"))
    level = FacetField(label=_("Level"), choices=[*LEVELS, (UNKNOWN, _("Level not determined"))])
    extent = FacetField(label=_("Online extent"), choices=EXTENT_CHOICES)
    government = FacetField(label=_("Level of government"), choices=TIERS)
    field = FacetField(label=_("Field"), choices=field_choices, by_count=True)
    unit = FacetField(label=_("Executing unit"), choices=unit_choices, by_count=True)
    audience = FacetField(label=_("Who may apply"), choices=AudienceGroup.choices)
    event = FacetField(label=_("Life event"), choices=event_choices)
    payment = FacetField(label=_("Payment"), choices=[("1", _("Online payment"))])

    def __init__(self, data: Any = None, *, locale_id: int, **kwargs: Any) -> None:
        self.locale_id = locale_id
        super().__init__(data, **kwargs)

    def select(self, items: Iterable[CatalogueItem], without: tuple[str, ...] = ()) -> Selection[CatalogueItem]:
        """With `unit`, levels are those of the units asked for."""
        if units := self.cleaned_data.get("unit"):
            items = [item.for_units(units) for item in items]
        return super().select(items, without)

    def passes(self, item: CatalogueItem) -> bool:
        words = catalogue_words(self.locale_id).get(item.page_id, "")
        return all(word in words for word in fold(self.cleaned_data["q"]).split())
