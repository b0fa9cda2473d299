"""One query string a list: its page, its downloads and the API take the same class of filters."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from core.facets import Selection, as_faceted
from core.page_cache import per_version
from core.parameters import register_parameters
from core.text import fold


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet as readers see it; `place` is its place in the order of the labels."""

    value: str
    label: str
    place: int


class FacetField(forms.MultipleChoiceField):
    """Several values of one facet, e.g. `level=3&level=4`. `choices` may be a callable, so vocabularies stay live."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, *, choices: Any, shown: int = 6, by_count: bool = False, **kwargs: Any) -> None:
        self.shown, self.by_count = shown, by_count
        self._source = choices if callable(choices) else lambda: choices
        super().__init__(required=False, choices=choices, **kwargs)

    def __deepcopy__(self, memo: dict[int, Any]) -> "FacetField":
        """Forms share the field: none changes it, and copying its choices for every request is slow."""
        return self

    @property
    def labelled(self) -> Mapping[str, Choice]:
        """The choices by value, in the language of the request."""
        return _labelled(self._source)

    def valid_value(self, value: Any) -> bool:
        return str(value) in self.labelled

    default_error_messages = {"invalid_choice": _("“%(value)s” is not one of the values of this filter.")}


@per_version
def _labelled(source: Callable[[], Iterable[tuple[Any, Any]]]) -> Mapping[str, Choice]:
    labels = {str(value): str(label) for value, label in source()}
    ordered = sorted(labels, key=lambda value: fold(labels[value]))
    places = {value: place for place, value in enumerate(ordered)}
    return {value: Choice(value, label, places[value]) for value, label in labels.items()}


class DayField(forms.DateField):
    """A day as readers write it (15/11/2019) or as machines do (2019-11-15)."""

    widget = forms.TextInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, input_formats=["%d/%m/%Y", "%Y-%m-%d"], **kwargs)

    default_error_messages = {"invalid": _("Enter a real date, for example 15/11/2019")}


class ListFilter(forms.Form):
    """Base of a list's filters. Every field name is a query parameter; unknown ones are ignored by pages."""

    use_required_attribute = False
    #: names of ranges whose ends are the fields `<name>_from` and `<name>_to`
    range_labels: ClassVar[dict[str, Any]] = {}
    #: fields that say how the list is shown, not what is in it
    display: ClassVar[tuple[str, ...]] = ()
    q = forms.CharField(required=False, max_length=255, strip=True, label=_("Words"))

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        # The metaclass gathers `base_fields` only after this hook; the class's own fields are here already.
        register_parameters("q", *cls.declared_fields)

    def __init__(self, data: QueryDict | None = None, **kwargs: Any) -> None:
        super().__init__(data=QueryDict() if data is None else data, **kwargs)

    def facet_fields(self) -> Iterable[tuple[str, FacetField]]:
        return ((name, field) for name, field in self.fields.items() if isinstance(field, FacetField))

    def select(self, items: Iterable[Any], without: tuple[str, ...] = ()) -> Selection[Any]:
        """Items that pass all filters but the facets `without`, with the counts of every facet.

        The form must be valid.
        """
        listed = as_faceted(items)
        within = listed.where(self.passes) if self.narrows() else None
        chosen = {name: values for name, values in self.chosen.items() if name not in without}
        return listed.select(chosen, [name for name, _field in self.facet_fields()], within)

    def narrows(self) -> bool:
        """True where a filter that is not a facet is in use."""
        return bool(self.cleaned_data.get("q"))

    def passes(self, item: Any) -> bool:
        """Filters that are not facets: by default every word typed stands in the item's `words` (folded)."""
        return all(word in item.words for word in fold(self.cleaned_data.get("q", "")).split())

    @property
    def chosen(self) -> dict[str, list[str]]:
        """Facets with the values asked for, after validation."""
        return {name: self.cleaned_data.get(name) or [] for name, _field in self.facet_fields()}

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """The known parameters of this query, in the order of the form: what links of the list carry on."""
        return [(name, value) for name in self.fields for value in self.data.getlist(name) if value.strip()]

    @property
    def display_parameters(self) -> list[tuple[str, str]]:
        """Those of `parameters` that stay when all filters are dropped."""
        return [(name, value) for name, value in self.parameters if name in self.display]

    def query(self, *, drop: tuple[str, str] | None = None, without: tuple[str, ...] = (), **extra: Any) -> str:
        """Query string of this list with one value dropped, some parameters left out or others added."""
        pairs = [pair for pair in self.parameters if pair != drop and pair[0] not in without]
        pairs += [(name, str(value)) for name, value in extra.items() if value is not None]
        return f"?{urlencode(pairs)}" if pairs else "?"
