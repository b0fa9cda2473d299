"""Documents and announcements as readers see them today: the read models of lists, downloads, search and the API.

Held in memory for a public version and day (core.page_cache.per_version), newest first.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.db.models import Q, QuerySet

from announcements.models.announcements import AnnouncementPage, dated_on
from announcements.models.directives import DirectivePage
from announcements.models.relations import DirectiveRelation
from announcements.validity import Change, State, state_on
from core.facets import FacetedList
from core.page_cache import per_version, per_version_each, today
from core.text import fold
from departments.models import DepartmentPage

T = TypeVar("T")
#: a document, what it does, to which (None for one that the portal does not have), and the number as it is typed
Relation = tuple[int, str, int | None, str]
_NOT_WORD = re.compile(r"[^a-z0-9]+")
DIRECTIVE_COLUMNS = (
    "pk",
    "slug",
    "title",
    "reference",
    "reference_key",
    "number",
    "document_type__slug",
    "issuer__slug",
    "field__slug",
    "issued_on",
    "effective_on",
    "expires_on",
    "abstract",
)
ANNOUNCEMENT_COLUMNS = (
    "pk",
    "path",
    "slug",
    "title",
    "summary",
    "kind",
    "is_urgent",
    "effective_on",
    "expires_on",
    "first_published_at",
)


def words_of(*texts: str) -> str:
    """Folded words, each with a blank before it, so that a word's beginning can be asked for."""
    return f" {_NOT_WORD.sub(' ', fold(' '.join(texts))).strip()}"


def has_words(question: str, words: str) -> bool:
    """True where every word typed begins a word of `words` (made by `words_of`)."""
    return all(f" {word}" in words for word in words_of(question).split())


@dataclass(frozen=True, slots=True)
class Deed:
    """What a document does to an earlier one: `target` is a page's id, None for one that the portal does not have."""

    kind: str
    target: int | None
    reference: str


@dataclass(frozen=True, slots=True)
class DirectiveItem:
    """One live document of one language, with its validity today."""

    page_id: int
    slug: str
    title: str
    reference: str
    reference_key: str
    type: str
    issuer: str
    field: str
    issued_on: date | None
    effective_on: date | None
    expires_on: date | None
    state: State
    deeds: tuple[Deed, ...]
    words: str
    facets: Mapping[str, tuple[str, ...]]

    @property
    def validity(self) -> str:
        return self.state.validity.value

    @property
    def year(self) -> int | None:
        return self.issued_on.year if self.issued_on else None


@per_version
def directives(locale_id: int) -> FacetedList[DirectiveItem]:
    """All readable documents of a language, newest first by date of issue, then by number."""
    rows = list(DirectivePage.objects.readable(locale_id).newest_first().values_list(*DIRECTIVE_COLUMNS))
    begins = {row[0]: row[10] or row[9] for row in rows}
    return FacetedList(_directive_items(rows, *_changes(_relations(), begins)))


def _directive_items(
    rows: Iterable[tuple[Any, ...]], deeds: Mapping[int, list[Deed]], changes: Mapping[int, list[Change]]
) -> Iterator[DirectiveItem]:
    day = today()
    for pk, slug, title, text, key, number, kind, issuer, field, issued, effective, expires, abstract in rows:
        state = state_on(effective, expires, changes.get(pk, ()), day)
        facets = {
            "type": (kind,) if kind else (),
            "issuer": (issuer,) if issuer else (),
            "field": (field,) if field else (),
            "year": (str(issued.year),) if issued else (),
            "validity": state.facets,
        }
        words = words_of(text, str(number or ""), title, abstract)
        particulars = (kind or "", issuer or "", field or "", issued, effective, expires)
        yield DirectiveItem(pk, slug, title, text, key, *particulars, state, tuple(deeds.get(pk, ())), words, facets)


def _relations(*conditions: Q) -> list[Relation]:
    rows = DirectiveRelation.objects.filter(*conditions).order_by("sort_order", "pk")
    return list(rows.values_list("page_id", "kind", "target_id", "reference"))


def _changes(
    relations: Iterable[Relation], begins: Mapping[int, date | None]
) -> tuple[dict[int, list[Deed]], dict[int, list[Change]]]:
    """What each readable document does to others, and what is done to it by readable ones."""
    deeds: dict[int, list[Deed]] = defaultdict(list)
    changes: dict[int, list[Change]] = defaultdict(list)
    for page, kind, target, reference in relations:
        if page not in begins:
            continue
        deeds[page].append(Deed(kind, target if target in begins else None, reference))
        if target in begins and target != page and (begin := begins[page]):
            changes[target].append(Change(kind, page, begin))
    return deeds, changes


@per_version_each(lambda page_id: page_id)
def some_directives(page_ids: Sequence[int], locale_id: int) -> Iterable[DirectiveItem | None]:
    """These documents, None for one that not everybody may read: without a look at all the others."""
    readable = DirectivePage.objects.readable(locale_id)
    relations = _relations(Q(page__in=page_ids) | Q(target__in=page_ids))
    joined = {pk for page, _kind, target, _reference in relations for pk in (page, target)}
    dated = readable.filter(pk__in=joined).values_list("pk", "effective_on", "issued_on") if joined else ()
    begins = {pk: effective or issued for pk, effective, issued in dated}
    rows = readable.filter(pk__in=page_ids).values_list(*DIRECTIVE_COLUMNS)
    found = {item.page_id: item for item in _directive_items(rows, *_changes(relations, begins))}
    return [found.get(pk) for pk in page_ids]


def of_entries(some: Callable[[Sequence[int], int], Sequence[T]], entries: Sequence[Any]) -> Sequence[T]:
    """What `some` tells of the pages of these search entries, which are of one language."""
    return some([entry.pk for entry in entries], entries[0].locale_id) if entries else ()


@per_version
def directives_by_page(locale_id: int) -> Mapping[int, DirectiveItem]:
    return {item.page_id: item for item in directives(locale_id)}


@dataclass(frozen=True, slots=True)
class AnnouncementItem:
    """One live announcement of one language. `dated_on` is the day that readers are shown."""

    page_id: int
    slug: str
    title: str
    summary: str
    kind: str
    unit: str
    is_urgent: bool
    has_expired: bool
    dated_on: date
    effective_on: date
    expires_on: date | None
    words: str
    facets: Mapping[str, tuple[str, ...]]


@per_version
def announcements(locale_id: int) -> FacetedList[AnnouncementItem]:
    """All readable announcements of a language, newest first."""
    items = _announcement_items(AnnouncementPage.objects.readable(locale_id), locale_id)
    return FacetedList(sorted(items, key=lambda item: (item.dated_on, item.page_id), reverse=True))


def _announcement_items(pages: QuerySet[AnnouncementPage], locale_id: int) -> Iterator[AnnouncementItem]:
    units = units_by_path()
    day = today()
    for pk, path, slug, title, summary, kind, urgent, effective, expires, published in pages.values_list(
        *ANNOUNCEMENT_COLUMNS
    ):
        expired = expires is not None and expires < day
        urgent_now = urgent and not expired and effective <= day
        unit = unit_above(path, units)
        facets = {
            "kind": (kind,),
            "unit": (unit,) if unit else (),
            "state": ("expired" if expired else "in_force",),
            "urgent": ("1",) if urgent_now else (),
        }
        dates = (dated_on(effective, published), effective, expires)
        words = words_of(title, summary)
        yield AnnouncementItem(pk, slug, title, summary, kind, unit, urgent_now, expired, *dates, words, facets)


@per_version_each(lambda page_id: page_id)
def some_announcements(page_ids: Sequence[int], locale_id: int) -> Iterable[AnnouncementItem | None]:
    """These announcements, None for one that not everybody may read: without a look at all the others."""
    wanted = AnnouncementPage.objects.readable(locale_id).filter(pk__in=page_ids)
    found = {item.page_id: item for item in _announcement_items(wanted, locale_id)}
    return [found.get(pk) for pk in page_ids]


@per_version
def units_by_path() -> Mapping[str, str]:
    """Of the sections of all languages: a rebuild of search asks for the unit of every page."""
    return dict(DepartmentPage.objects.values_list("path", "department__slug"))


def unit_above(path: str, units: Mapping[str, str]) -> str:
    """The unit in whose section a page stands; empty where it stands in none."""
    step = DepartmentPage.steplen
    paths = (path[:end] for end in range(len(path) - step, 0, -step))
    return next((units[ancestor] for ancestor in paths if ancestor in units), "")
