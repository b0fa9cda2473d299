"""Kinds of content that search finds: the apps that own them register them here when they start."""

import datetime
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db.models import Model, Prefetch, QuerySet
from django.http import HttpRequest
from wagtail.models import Page

from core.facets import Chosen
from core.parameters import register_parameters
from search.phrases import Phrase
from search.sought import Text

#: page → facet name → values
LiveFacets = Mapping[int, Mapping[str, tuple[str, ...]]]
#: what is read of a page besides what `Kind.entry` reads
READ_OF_EVERY_PAGE = ("live", "alias_of", "locale")
RESERVED_NAMES = frozenset({"q", "kind", "page", "format", "locale"})


@dataclass(frozen=True, slots=True)
class EntryData:
    """What a kind says of one page, in the page's language.

    `keywords` are popular names, each a phrase of its own. `identifiers` are codes and references in every form in
    which `Kind.recognise` may give them. Facet values are ASCII words for addresses (`[A-Za-z0-9_-]+`). `shown` must
    be JSON. `files` are the page's files, each its title and what it says. `prior` (0 to 1) sets entries apart that
    answer a question equally well, such as by level of government.
    """

    title: str
    summary: str = ""
    body: str = ""
    keywords: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    shown: Mapping[str, Any] = field(default_factory=dict)
    files: tuple[tuple[str, str], ...] = ()
    date: datetime.date | None = None
    prior: float = 0.0


class Known(NamedTuple):
    """What is remembered of an entry from question to question.

    `names`: title and popular names, analysed. `text`: what it says, None where it was not read.
    """

    pk: int
    locale_id: int
    kind: str
    title: str
    names: tuple[Phrase, ...]
    text_length: int
    date: datetime.date | None
    prior: float
    facets: Mapping[str, Collection[str]]
    text: Text | None = None


@dataclass(frozen=True, slots=True)
class SearchFacet:
    """A facet of the results page. Kinds that share a facet (`unit`) register it under the same name.

    `live`: its values are not in the entry but come from `Kind.live_facets`, since the calendar changes them. `words`:
    value → what people call it in a question; by default its label.
    """

    name: str
    label: str
    choices: Callable[[], Sequence[tuple[str, str]]]
    live: bool = False
    by_count: bool = False
    words: Callable[[], Mapping[str, Sequence[str]]] | None = None


def _recognise_nothing(text: str) -> Sequence[str]:
    return ()


def _show_nothing(entries: Sequence[Known], request: HttpRequest) -> Mapping[int, dict[str, Any]]:
    return {}


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of content (dịch vụ công, văn bản, …).

    - `label`: plural, as on the results page.
    - `entry`: what search is to know of a page; called with the specific page, children in memory, its language active.
    - `pages`: pages of the kind with what `entry` reads, and little else, fetched ahead; default: all of `model`.
    - `recognise`: codes and references in a typed question, in the normal form of the entry's `identifiers`.
    - `live_facets`: of a language, for each page the facets that the calendar changes, under the filters in use: of
      units that are chosen it gives theirs. It ought to be remembered.
    - `hits`: what the hit's template shows of each entry (by page id): level, extent, status, meta [text], time, fee …;
      in one query for all. Search itself gives kind, title, url and extract.
    - `fades`: old entries come after new ones that answer as well; in place of `prior`.
    - `leads`: most of what people look for; comes first among suggestions and kinds.
    - `affected`: (model, function of an instance → the pages whose entries it changes).
    """

    name: str
    label: str
    model: type[Page]
    entry: Callable[[Any], EntryData]
    pages: Callable[[], QuerySet[Any]] | None = None
    facets: tuple[SearchFacet, ...] = ()
    recognise: Callable[[str], Sequence[str]] = _recognise_nothing
    live_facets: Callable[[int, Chosen], LiveFacets] | None = None
    hits: Callable[[Sequence[Known], HttpRequest], Mapping[int, dict[str, Any]]] = _show_nothing
    template: str = "components/hit.html"
    fades: bool = False
    leads: bool = False
    affected: tuple[tuple[type[Model], Callable[[Any], QuerySet[Any]]], ...] = ()

    def live_pages(self) -> QuerySet[Any]:
        """Pages that have an entry: live, and no alias of another."""
        pages = self.pages() if self.pages else self.model._default_manager.all()
        return pages.filter(live=True, alias_of__isnull=True)


def ahead(*relations: str) -> list[Prefetch]:
    """Children of many pages in a query for each relation, where `children` looks for them.

    Django's own way makes a queryset of every page's, which takes longer than the page.
    """
    return [Prefetch(relation, to_attr=f"{relation}_ahead") for relation in relations]


def children(page: Any, relation: str) -> Sequence[Any]:
    """A page's children: those in memory while it is saved, or fetched by `ahead`."""
    fetched = page.__dict__.get(f"{relation}_ahead")
    return list(getattr(page, relation).all()) if fetched is None else fetched


_kinds: dict[str, Kind] = {}


def register_kind(kind: Kind) -> None:
    """Make a kind of content searchable; called in `AppConfig.ready`. ValueError where a name is taken."""
    if kind.name in _kinds or kind_of(kind.model):
        raise ValueError(f"A kind named {kind.name!r} or one for {kind.model.__name__} is registered already.")
    if taken := RESERVED_NAMES.intersection(facet.name for facet in kind.facets):
        raise ValueError(f"No facet may be named {', '.join(sorted(taken))}.")
    _kinds[kind.name] = kind
    register_parameters(*(facet.name for facet in kind.facets))


def all_kinds() -> tuple[Kind, ...]:
    """All kinds, in the order of their registration."""
    return tuple(_kinds.values())


def kind_named(name: str) -> Kind:
    return _kinds[name]


def kind_of(model: type[Page] | None) -> Kind | None:
    """The kind of a page class; None where search does not know it."""
    return next((kind for kind in _kinds.values() if kind.model is model), None)


def affected_pages(instance: Model) -> Iterable[QuerySet[Any]]:
    """For each kind, the pages whose entries a change of this record changes."""
    for kind in _kinds.values():
        for model, pages in kind.affected:
            if isinstance(instance, model):
                yield pages(instance)


def facets_by_name() -> dict[str, list[SearchFacet]]:
    """Every facet with the kinds' versions of it, in the order of their registration."""
    found: dict[str, list[SearchFacet]] = {}
    for kind in _kinds.values():
        for facet in kind.facets:
            found.setdefault(facet.name, []).append(facet)
    return found


def recognised(text: str) -> list[str]:
    """Codes and references that any kind reads in a typed question."""
    return [value for kind in _kinds.values() for value in kind.recognise(text)]


def live_facets(locale_id: int, chosen: Chosen | None = None) -> LiveFacets:
    """The facets of all kinds that the calendar changes, by page, under the filters in use."""
    found: dict[int, Mapping[str, tuple[str, ...]]] = {}
    for kind in _kinds.values():
        if kind.live_facets:
            found.update(kind.live_facets(locale_id, chosen or {}))
    return found


#: what of the results leads to a way out: the first hits, or none where nothing answers for sure
WayOut = Callable[[HttpRequest, Sequence[Known]], dict[str, str] | None]
_ways_out: dict[str, WayOut] = {}


def register_way_out(name: str, link: WayOut) -> None:
    """What the results page offers at its end: `contact` (a person to ask) or `browse` (a list to look through).

    `link` gives {text, url}, or None. The text goes on after "Not what you need?", so it begins with a small letter.
    """
    _ways_out[name] = link


def ways_out(request: HttpRequest, found: Sequence[Known] = ()) -> dict[str, dict[str, str] | None]:
    return {name: link(request, found) for name, link in _ways_out.items()}
