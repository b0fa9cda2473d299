"""The query string of the results page: the question, the kind of content, and the facets that kinds register."""

from collections.abc import Callable
from functools import cache
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from core.filters import FacetField, ListFilter
from core.parameters import register_parameters
from search.kinds import all_kinds, facets_by_name

# `kind` is no parameter that the base class knows: it is declared on this class.
register_parameters("kind")

_CONTROL = dict.fromkeys((*range(32), 127), " ")


class QuestionField(forms.CharField):
    """A question: control characters, which nobody types on purpose, are blanks."""

    def to_python(self, value: Any) -> str:
        return super().to_python(str(value or "").translate(_CONTROL))


def _kind_choices() -> list[tuple[str, str]]:
    return [(kind.name, kind.label) for kind in all_kinds()]


class SearchFilter(ListFilter):
    """Filters of the results page; a facet has the choices of all kinds that register it."""

    q = QuestionField(required=False, max_length=255, label=_("Search"))
    kind = FacetField(choices=_kind_choices, label=_("Kind"))

    def __init__(self, data: QueryDict | None = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        for name, facets in facets_by_name().items():
            self.fields[name] = FacetField(choices=_choices_of(name), label=facets[0].label)
            self.fields[name].by_count = facets[0].by_count

    @property
    def question(self) -> str:
        """The question, also where something else of the form is wrong."""
        cleaned = getattr(self, "cleaned_data", {})
        return cleaned.get("q") or self.data.get("q", "").translate(_CONTROL).strip()[:255]


@cache
def _choices_of(name: str) -> Callable[[], list[tuple[str, str]]]:
    """One and the same function for all forms: what it gives is remembered under it."""

    def choices() -> list[tuple[str, str]]:
        merged: dict[str, str] = {}
        for facet in facets_by_name()[name]:
            for value, label in facet.choices():
                merged.setdefault(value, label)
        return list(merged.items())

    return choices
