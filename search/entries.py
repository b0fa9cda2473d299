"""Entries follow their pages: written and removed in the transaction of the change."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone, translation
from wagtail.models import Locale, Page

from core.bulk import insert
from core.page_cache import touch
from core.text import fold
from search.analysis import tokens
from search.engines import database_engine
from search.engines.base import Document
from search.facts import packed
from search.kinds import EntryData, kind_of
from search.models import SearchEntry, SearchIdentifier
from search.outbox import announce, unearth
from search.suggestions import write_titles
from search.syllables import signs

BATCH = 200  # pages a transaction
LONGEST_TEXT = 200_000  # characters of a page's text that are searched
LONGEST_FILE = 60_000  # … of each of its files, and of all together:
LONGEST_FILES = 120_000

#: what a page says of itself, as against what an outside engine was told
COMPARED = tuple(
    field.attname
    for field in SearchEntry._meta.fields
    if field.attname not in {"page_id", "version", "pushed_version", "changed_at"}
)
_postponed: ContextVar[dict[int, Page] | None] = ContextVar("postponed_entries", default=None)


def write_entry(page: Page) -> None:
    """Make the entry say what the page says now, or take it away where the page is not for search.

    Of a specific page the children are read from memory, so it may be called while it is saved.
    """
    kind = kind_of(page.specific_class if type(page) is Page else type(page))
    if kind is None:
        return
    # A bare Page may hold a specific instance from before the change.
    specific = page.get_specific() if type(page) is Page else page
    rewrite_entries([specific])


def rewrite_entries(pages: Iterable[Page]) -> None:
    """Write the entries of these specific pages now, or at the end of `postponed`."""
    waiting = _postponed.get()
    if waiting is not None:
        waiting.update((page.pk, page) for page in pages)
        return
    listed = list(pages)
    with transaction.atomic():
        for start in range(0, len(listed), BATCH):
            write_entries(listed[start : start + BATCH])


@contextmanager
def postponed() -> Iterator[None]:
    """Within it, entries of saved pages are not written one by one but together at its end.

    For imports: open it inside the transaction of a batch. An exception writes nothing.
    """
    token = _postponed.set({})
    try:
        yield
        pages = list((_postponed.get() or {}).values())
    finally:
        _postponed.reset(token)
    write_entries(pages)


class Made(NamedTuple):
    """Entries of live pages, not written yet.

    `page_ids` are those of all pages, also of some that get no entry, `languages` the codes of the locales.
    """

    page_ids: frozenset[int]
    entries: Sequence[SearchEntry]
    languages: Mapping[int, str]


def write_entries(pages: Iterable[Page], *, also_unchanged: bool = False) -> int:
    """Write the entries of many specific pages in one transaction; the number that changed is returned."""
    return store_entries(make_entries(pages), also_unchanged=also_unchanged)


def make_entries(pages: Iterable[Page]) -> Made:
    """What these specific pages say now."""
    listed = list(pages)
    wanted = [page for page in listed if page.live and page.alias_of_id is None and kind_of(type(page))]
    languages = dict(Locale.objects.values_list("pk", "language_code"))
    entries = [build_entry(page, languages[page.locale_id]) for page in wanted]
    return Made(frozenset(page.pk for page in listed), entries, languages)


def store_entries(made: Made, *, also_unchanged: bool = False) -> int:
    """Write made entries in one transaction, whatever is stored; the number that changed is returned.

    `also_unchanged` has the engine compare what it ought to have already, too, and leaves it to the caller to tidy up.
    """
    page_ids, entries, languages = made
    with transaction.atomic():
        remove_entries(page_ids.difference(entry.pk for entry in entries))
        changed = _store(entries)
        handed = entries if also_unchanged else changed
        if handed:
            documents = [Document.of(entry, languages[entry.locale_id]) for entry in handed]
            if also_unchanged:
                database_engine().renew(documents)
            else:
                database_engine().write(documents)
                database_engine().tidy()
            write_titles(handed)
        if changed:
            touch()
            announce()
    return len(changed)


def remove_entry(page_id: int) -> None:
    remove_entries([page_id])


def remove_entries(page_ids: Collection[int]) -> None:
    """Take entries away; pages without one are no error. The engine follows by a signal of the rows' deletion."""
    if page_ids:
        SearchEntry.objects.filter(pk__in=page_ids).delete()


def forget_page(page_id: int) -> None:
    """A page is gone: what was to be written of it at the end of `postponed` is not."""
    waiting = _postponed.get()
    if waiting is not None:
        waiting.pop(page_id, None)


def build_entry(page: Any, language: str) -> SearchEntry:
    kind = kind_of(type(page))
    with translation.override(language):
        data: EntryData = kind.entry(page)
    files = _within_limits(data.files)
    read = "\n".join(f"{title}\n{words}" for title, words in files)
    text = tokens(f"{data.summary}\n{data.body[:LONGEST_TEXT]}\n{read}", language)
    entry = SearchEntry(
        page_id=page.pk,
        locale_id=page.locale_id,
        kind=kind.name,
        title=data.title,
        summary=data.summary,
        body=data.body[:LONGEST_TEXT],
        keywords="\n".join(data.keywords),
        text_signs=signs(text),
        text_length=len(text),
        files=files,
        identifiers=sorted({fold(value)[:80] for value in data.identifiers if value.strip()}),
        facets={name: list(values) for name, values in data.facets.items() if values},
        shown=dict(data.shown),
        date=data.date,
        prior=data.prior,
    )
    entry.facts = packed(entry, language)
    entry.text_tokens = text
    return entry


def differs(entry: SearchEntry, other: SearchEntry) -> bool:
    """Whether two entries say different things of a page."""
    return any(getattr(entry, name) != getattr(other, name) for name in COMPARED)


def _within_limits(files: Iterable[tuple[str, str]]) -> list[list[str]]:
    """Titles and texts of a page's files, as much of each as is searched."""
    kept, left = [], LONGEST_FILES
    for title, words in files:
        part = words[: min(left, LONGEST_FILE)]
        kept.append([title, part])
        left -= len(part)
    return kept


def _store(entries: Sequence[SearchEntry]) -> list[SearchEntry]:
    """Insert or update the rows that differ from what is stored, and return them."""
    # Locked, so that two changes of one entry get two versions.
    stored = SearchEntry.objects.select_for_update().in_bulk([entry.pk for entry in entries])
    changed = [entry for entry in entries if entry.pk not in stored or differs(entry, stored[entry.pk])]
    if not changed:
        return []
    buried = unearth({entry.pk for entry in changed}.difference(stored))
    now = timezone.now()
    for entry in changed:
        before = stored.get(entry.pk) or buried.get(entry.pk)
        entry.version = before.version + 1 if before else 1
        entry.pushed_version = before.pushed_version if before else 0
        entry.changed_at = now
    insert(changed, unique="page", update=[*COMPARED, "version", "changed_at"])
    SearchIdentifier.objects.filter(entry_id__in=[entry.pk for entry in changed]).delete()
    insert([SearchIdentifier(entry_id=entry.pk, value=value) for entry in changed for value in entry.identifiers])
    return changed
