"""What every list hands to its template: rows, pages, facets with counts, chips, downloads, errors."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from core.filters import FacetField, ListFilter

FORMATS = ("csv", "xlsx", "json", "atom")


class MalformedQuery(Exception):
    """A query parameter cannot be read: answered with 400, the form and the field named."""


@dataclass(frozen=True, slots=True)
class PagerLink:
    number: int
    url: str
    current: bool = False
    gap: bool = False

    @property
    def label(self) -> str:
        return "…" if self.gap else str(self.number)


@dataclass(frozen=True, slots=True)
class FacetValue:
    value: str
    label: str
    count: int
    checked: bool


@dataclass(frozen=True, slots=True)
class RangeInput:
    name: str
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Facet:
    """One group of the filter form; `hidden_values` come after the first ones, in a disclosure."""

    name: str
    label: str
    kind: str
    values: tuple[FacetValue, ...] = ()
    hidden_values: tuple[FacetValue, ...] = ()
    inputs: tuple[RangeInput, ...] = ()
    value: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in use; `remove_url` is the list without it."""

    label: str
    remove_url: str


@dataclass(frozen=True, slots=True)
class Link:
    label: str
    url: str
    count: int | None = None
    current: bool = False
    level: int | None = None


@dataclass(slots=True)
class Listing:
    """A page of a list. `total` counts all rows that pass the filters."""

    filters: ListFilter
    total: int
    page: int
    pages: int
    size: int
    rows: Sequence[Any] = ()
    facets: list[Facet] = field(default_factory=list)
    quick: list[Link] = field(default_factory=list)
    formats: tuple[str, ...] = FORMATS
    notes: list[dict[str, str]] = field(default_factory=list)

    @property
    def form(self) -> ListFilter:
        return self.filters

    @property
    def first(self) -> int:
        return (self.page - 1) * self.size + 1 if self.total else 0

    @property
    def last(self) -> int:
        return min(self.page * self.size, self.total)

    def url(self, number: int) -> str:
        return self.filters.query(page=number if number > 1 else None)

    @property
    def previous_url(self) -> str | None:
        return self.url(self.page - 1) if self.page > 1 else None

    @property
    def next_url(self) -> str | None:
        return self.url(self.page + 1) if self.page < self.pages else None

    @property
    def pager(self) -> list[PagerLink]:
        """First, last and the neighbours of the present page, with gaps; empty where one page holds all."""
        if self.pages < 2:
            return []
        wanted = sorted({1, self.pages, *range(max(1, self.page - 1), min(self.pages, self.page + 1) + 1)})
        if self.page <= 2:
            wanted = sorted({*wanted, *range(1, min(3, self.pages) + 1)})
        links: list[PagerLink] = []
        for number in wanted:
            if links and number > links[-1].number + 1:
                links.append(PagerLink(number - 1, "", gap=True))
            links.append(PagerLink(number, self.url(number), current=number == self.page))
        return links

    @property
    def chips(self) -> list[Chip]:
        """Every filter in use, each with the address of the list without it."""
        found = []
        for name, value in self.filters.parameters:
            label = "" if name in self.filters.display else self._chip_label(name, value)
            if label:
                found.append(Chip(label, self.filters.query(drop=(name, value))))
        return found

    def _chip_label(self, name: str, value: str) -> str:
        form_field = self.filters.fields[name]
        if isinstance(form_field, FacetField):
            choice = form_field.labelled.get(value)
            return choice.label if choice else ""
        return f"“{value}”" if name == "q" else f"{form_field.label} {value}"

    @property
    def active_filters(self) -> int:
        return len(self.chips)

    @property
    def clear_url(self) -> str:
        return f"?{urlencode(self.filters.display_parameters)}"

    @property
    def hidden(self) -> list[dict[str, str]]:
        """What the form of the filters carries on without showing it."""
        return [{"name": name, "value": value} for name, value in self.filters.display_parameters]

    @property
    def downloads(self) -> list[Link]:
        return [
            Link(name.capitalize() if name == "atom" else name.upper(), self.filters.query(format=name))
            for name in self.formats
        ]

    @property
    def errors(self) -> list[dict[str, str]]:
        return self.notes + [
            {"field": name, "label": str(self.filters.fields[name].label), "message": message}
            for name, messages in self.filters.errors.items()
            for message in messages
        ]


def page_number(request: HttpRequest) -> int:
    """The parameter `page`: a positive whole number; MalformedQuery otherwise."""
    raw = request.GET.get("page", "1")
    if not raw.isascii() or not raw.isdigit() or len(raw) > 6 or int(raw) < 1:
        raise MalformedQuery(_("The page must be a whole number from 1."))
    return int(raw)


def paginate(filters: ListFilter, total: int, number: int, size: int) -> Listing:
    """An empty listing for page `number` of `total` rows; 404 past the end."""
    pages = max(1, -(-total // size))
    if number > pages:
        raise Http404("page past the end")
    return Listing(filters, total, number, pages, size)


def with_markup(rows: Iterable[dict[str, Any]], template: str, **shown: Any) -> Iterator[dict[str, Any]]:
    """Rows with their `markup`, for lists that remember it of each row (core.page_cache.per_version_each)."""
    for row in rows:
        yield row | {"markup": render_to_string(template, {"row": row, **shown})}


def facet_groups(filters: ListFilter, counts: dict[str, Counter[str]]) -> list[Facet]:
    """The filter form: facets with counts (values without rows are left out), words, ranges of dates."""
    groups = []
    for name, form_field in filters.fields.items():
        label, hint = str(form_field.label), str(form_field.help_text)
        if name in filters.display:
            continue
        if isinstance(form_field, FacetField):
            values = _facet_values(name, form_field, filters, counts.get(name, Counter()))
            if values:
                shown = max(form_field.shown, sum(value.checked for value in values))
                groups.append(Facet(name, label, "checkbox", values[:shown], values[shown:], hint=hint))
        elif name.endswith("_from"):
            groups.append(_range(filters, name.removesuffix("_from"), hint))
        elif not name.endswith("_to"):
            groups.append(Facet(name, label, "text", value=filters.data.get(name, ""), hint=hint))
    return groups


def _range(filters: ListFilter, name: str, hint: str) -> Facet:
    inputs = tuple(
        RangeInput(field, str(filters.fields[field].label), filters.data.get(field, ""))
        for field in (f"{name}_from", f"{name}_to")
    )
    return Facet(name, str(filters.range_labels.get(name, "")), "range", inputs=inputs, hint=hint)


def _facet_values(
    name: str, form_field: FacetField, filters: ListFilter, counter: Counter[str]
) -> tuple[FacetValue, ...]:
    asked = set(filters.data.getlist(name))
    choices = [choice for value, choice in form_field.labelled.items() if counter.get(value) or value in asked]
    if form_field.by_count:
        choices.sort(key=lambda choice: (choice.value not in asked, -counter.get(choice.value, 0), choice.place))
    return tuple(
        FacetValue(choice.value, choice.label, counter.get(choice.value, 0), choice.value in asked)
        for choice in choices
    )
