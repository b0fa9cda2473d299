"""Whether site, table and engines say the same, page by page; and how they are brought to.

A page may be published between two looks, so what differs is looked at again before it is told.
"""

import time
from collections.abc import Callable, Collection, Iterator, Mapping
from itertools import chain

from django.db import transaction
from wagtail.models import Locale

from search.engines import database_engine, outside_engine
from search.engines.base import Document
from search.engines.outside import Held, IndexMissing, OutsideEngine, Removal, digest
from search.entries import BATCH, build_entry, differs, remove_entries, write_entries
from search.kinds import all_kinds
from search.models import SearchEntry, Tombstone
from search.outbox import Report, entries_by_batch, push, rebuild_outside

#: page → what is wrong, in words
Differences = dict[int, list[str]]
Progress = Callable[[str], None]
SECOND_LOOK = 2.0  # seconds until what differs is looked at again
# Added to versions in a repair: an engine remembers those of deleted ones for a while, but does not tell them.
LEAP = 100

NO_ENTRY = "the page has no entry"
NO_PAGE = "an entry without a page that search knows"
OTHER_ENTRY = "the entry says something else than the page"
DATABASE_LACKS = "the database's engine has it otherwise, or not at all"
DATABASE_STRAY = "the database's engine has it without an entry"
WAITS = "the outside engine was not told the last change yet"
OUTSIDE_LACKS = "the outside engine does not have it"
OUTSIDE_OTHER = "the outside engine has another text"
OUTSIDE_VERSION = "the outside engine has another version"
OUTSIDE_STRAY = "the outside engine has it without an entry"


def compare(progress: Progress = lambda text: None) -> Differences:
    """All differences. OutsideFault where the outside engine is away, IndexMissing where it has no index."""
    found = _look(None, progress)
    if not found:
        return {}
    time.sleep(SECOND_LOOK)
    return _look(set(found), progress)


def repair(differences: Differences) -> None:
    """Write the entries of these pages anew, take away what has no page, and tell the engines. OutsideFault."""
    page_ids = set(differences)
    mended: set[int] = set()
    for kind in all_kinds():
        wanted = sorted(kind.live_pages().filter(pk__in=page_ids).values_list("pk", flat=True))
        for start in range(0, len(wanted), BATCH):
            with transaction.atomic():
                write_entries(kind.live_pages().filter(pk__in=wanted[start : start + BATCH]), also_unchanged=True)
        mended.update(wanted)
    with transaction.atomic():
        remove_entries(page_ids - mended)
        database_engine().remove(page_ids - mended)
        database_engine().tidy()
    if outside := outside_engine():
        _repair_outside(outside, page_ids)


def _look(only: Collection[int] | None, progress: Progress) -> Differences:
    """Compare all pages, or only these."""
    found: Differences = {}

    def note(page_id: int, text: str) -> None:
        if only is None or page_id in only:
            found.setdefault(page_id, []).append(text)

    progress("site and table")
    _compare_site(only, note)
    progress("table and database engine")
    _compare_database(only, note)
    if outside := outside_engine():
        progress("table and outside engine")
        _compare_outside(outside, only, note)
    return found


Note = Callable[[int, str], None]


def _compare_site(only: Collection[int] | None, note: Note) -> None:
    languages = dict(Locale.objects.values_list("pk", "language_code"))
    wanted: set[int] = set()
    for kind in all_kinds():
        page_ids = set(kind.live_pages().values_list("pk", flat=True))
        wanted |= page_ids
        looked_at = sorted(page_ids if only is None else page_ids.intersection(only))
        for start in range(0, len(looked_at), BATCH):
            batch = looked_at[start : start + BATCH]
            stored = SearchEntry.objects.in_bulk(batch)
            for page in kind.live_pages().filter(pk__in=batch):
                entry = stored.get(page.pk)
                if entry is None:
                    note(page.pk, NO_ENTRY)
                elif differs(build_entry(page, languages[page.locale_id]), entry):
                    note(page.pk, OTHER_ENTRY)
    for page_id in set(SearchEntry.objects.values_list("pk", flat=True)) - wanted:
        note(page_id, NO_PAGE)


def _compare_database(only: Collection[int] | None, note: Note) -> None:
    engine = database_engine()
    for documents in _documents(only):
        for page_id in engine.differing(documents):
            note(page_id, DATABASE_LACKS)
    for page_id in (engine.ids() or set()).difference(SearchEntry.objects.values_list("pk", flat=True)):
        note(page_id, DATABASE_STRAY)


def _compare_outside(outside: OutsideEngine, only: Collection[int] | None, note: Note) -> None:
    held = {pk: outside.held(pk) for pk in Locale.objects.values_list("pk", flat=True)}
    waiting = set(SearchEntry.objects.waiting().values_list("pk", flat=True))
    homes: dict[int, int] = {}
    for documents in _documents(only):
        for document in documents:
            homes[document.id] = document.locale_id
            if text := _outside_difference(document, held[document.locale_id], document.id in waiting):
                note(document.id, text)
    for locale_id, rows in held.items():
        for page_id, row in rows.items():
            if row.digest is not None and homes.get(page_id) != locale_id:
                note(page_id, OUTSIDE_STRAY)


def _outside_difference(document: Document, held: Mapping[int, Held], is_waiting: bool) -> str:
    row = held.get(document.id)
    if is_waiting:
        return WAITS
    if row is None or row.digest is None:
        return OUTSIDE_LACKS
    if row.version != document.version:
        return OUTSIDE_VERSION
    return "" if row.digest == digest(document) else OUTSIDE_OTHER


def _documents(only: Collection[int] | None) -> Iterator[list[Document]]:
    rows = SearchEntry.objects.all()
    return entries_by_batch(rows if only is None else rows.filter(pk__in=list(only)))


def _repair_outside(outside: OutsideEngine, page_ids: Collection[int]) -> None:
    """Give these pages versions above those that the engine has, and push them."""
    try:
        held = {pk: outside.held(pk) for pk in Locale.objects.values_list("pk", flat=True)}
    except IndexMissing:
        rebuild_outside(outside)
        return
    entries = SearchEntry.objects.filter(pk__in=page_ids)
    with transaction.atomic():
        for entry in entries.select_for_update().only("version", "locale_id"):
            versions = [entry.version, *(rows[entry.pk].version for rows in held.values() if entry.pk in rows)]
            SearchEntry.objects.filter(pk=entry.pk).update(version=max(versions) + LEAP, pushed_version=0)
        strays = list(_bury_strays(held, page_ids, dict(entries.values_list("pk", "locale_id"))))
    for changes in chain(entries_by_batch(entries), [strays] if strays else []):
        push(outside, changes, Report())


def _bury_strays(
    held: Mapping[int, Mapping[int, Held]], page_ids: Collection[int], homes: Mapping[int, int]
) -> Iterator[Removal]:
    """What takes these pages out of the languages in which they have no entry."""
    for locale_id, rows in held.items():
        for page_id in rows.keys() & set(page_ids):
            if homes.get(page_id) == locale_id:
                continue
            before = Tombstone.objects.select_for_update().filter(pk=page_id).first()
            newest = max(rows[page_id].version, before.version if before else 0) + LEAP
            if page_id not in homes:
                Tombstone.objects.update_or_create(pk=page_id, defaults={"locale_id": locale_id, "version": newest})
            yield Removal(page_id, newest, locale_id)
