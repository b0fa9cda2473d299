"""Every entry written anew, batch by batch, while search and publishing go on."""

import os
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple, TypeVar

from django.db import OperationalError, connection, transaction
from django.db.models import QuerySet
from wagtail.models import Page

from core.page_cache import as_reader, touch
from search.engines import database_engine
from search.entries import BATCH, make_entries, remove_entries, store_entries
from search.kinds import Kind, all_kinds, kind_named
from search.models import SearchEntry
from search.processes import in_turn, results_of
from search.suggestions import tidy_titles

R = TypeVar("R")

TIDY_AFTER = 10  # batches: dear for each, and searches read through what waits
PROCESSES = 2
FEW = 20  # batches that are not worth a second process
#: a batch is written again where somebody published one of its pages meanwhile, or holds one for half a second
TRIES = 40


class Batch(NamedTuple):
    """Pages of a kind, by its name, that are written in one transaction."""

    kind: str
    ids: Sequence[int]


def rebuild(progress: Callable[[int, int], None] = lambda done, total: None) -> int:
    """Write every entry anew and take away what has no page; the number of entries is returned.

    `progress` is told how many of how many pages are done. WorkFailed where a process of it ended early.
    """
    batches = [batch for kind in all_kinds() for batch in _batches(kind)]
    total, done = sum(len(batch.ids) for batch in batches), 0
    progress(done, total)
    for written in _written(batches):
        done += written
        progress(done, total)
    return _drop_strays()


def _batches(kind: Kind) -> Iterator[Batch]:
    ids = _live_ids(kind)
    for start in range(0, len(ids), BATCH):
        yield Batch(kind.name, ids[start : start + BATCH])


def _written(batches: Sequence[Batch]) -> Iterator[int]:
    """The number of pages of each batch, when it is written."""
    if len(batches) < FEW or (os.cpu_count() or 1) < PROCESSES or connection.in_atomic_block:
        yield from _write(batches)
    else:
        yield from results_of(_write, [batches[number::PROCESSES] for number in range(PROCESSES)])


def _write(batches: Sequence[Batch]) -> Iterator[int]:
    for number, batch in enumerate(batches, start=1):
        if database_engine().has_many_writers or not _write_ahead(batch):
            _write_in_one(batch)
        if number % TIDY_AFTER == 0:
            database_engine().tidy()
        yield len(batch.ids)


def _write_ahead(batch: Batch) -> bool:
    """Make the entries while the other process writes, and write in turn; False where pages changed in between."""
    before = _stamps(batch.ids)
    with as_reader():
        made = make_entries(_pages(batch))
    with in_turn(), transaction.atomic():
        if _stamps(batch.ids) != before:
            return False
        store_entries(made, also_unchanged=True)
    return True


def _stamps(page_ids: Sequence[int]) -> list[tuple[object, ...]]:
    """Differ after whatever changes what entries of these pages say: that changes the entries or the pages as well."""
    pages = Page.objects.filter(pk__in=page_ids).order_by("pk")
    return list(pages.values_list("pk", "live", "last_published_at", "search_entry__version"))


def _write_in_one(batch: Batch) -> None:
    """Read and write in one transaction, so that no change of a page comes between the two."""

    def write() -> None:
        # What pages have in common, such as the unit of their section, is read once a public version.
        with as_reader():
            made = make_entries(_pages(batch))
            _hold(batch.ids)
            store_entries(made, also_unchanged=True)

    _at_one_moment(write)


def _hold(page_ids: Sequence[int]) -> None:
    """Until the transaction ends nobody changes these pages; that somebody just did is an OperationalError.

    A page without an entry that is taken down would leave nothing else to see it by.
    """
    list(Page.objects.select_for_update(no_key=True).filter(pk__in=page_ids).order_by("pk").values_list("pk"))


def _pages(batch: Batch) -> QuerySet[Any]:
    return kind_named(batch.kind).live_pages().filter(pk__in=batch.ids)


def _at_one_moment(work: Callable[[], R]) -> R:
    """What `work` gives in a transaction that sees the database as it was when it began.

    It begins again where others write the same meanwhile. Within another transaction it is part of that one.
    """
    is_outermost = not connection.in_atomic_block
    left = TRIES if is_outermost else 1
    while True:
        left -= 1
        try:
            with transaction.atomic():
                if is_outermost:
                    database_engine().see_one_moment()
                return work()
        except OperationalError:
            if not left:
                raise


def _live_ids(kind: Kind) -> list[int]:
    return list(kind.live_pages().order_by("pk").values_list("pk", flat=True))


def _drop_strays() -> int:
    """Take away entries without a page for search, and from the engine what has no entry; what remains is counted."""

    def drop() -> int:
        stored = set(SearchEntry.objects.values_list("pk", flat=True))
        kept = stored.intersection(page_id for kind in all_kinds() for page_id in _live_ids(kind))
        remove_entries(stored - kept)
        database_engine().retain(kept)
        tidy_titles()
        touch()
        return len(kept)

    return _at_one_moment(drop)
