"""Every entry written anew, batch by batch, while search and publishing go on."""

import os
import time
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, TypeVar

from django.db import OperationalError, connection, transaction
from wagtail.models import Page

from core.page_cache import as_reader, forget, touch
from search.engines import database_engine
from search.entries import BATCH, Made, make_entries, remove_entries, store_entries
from search.kinds import Kind, all_kinds, kind_named
from search.models import SearchEntry
from search.processes import one_at_a_time, results_of
from search.suggestions import tidy_titles

R = TypeVar("R")

TIDY_AFTER = 10  # batches: dear for each, and searches read through what waits
PROCESSES = 2
FEW = 20  # batches that are not worth a second process
# As long as others keep to what is to be written, such as an import in one transaction: seconds, at most and between.
PATIENCE, PAUSE = 1800, 0.2


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
    write = _write_beside if database_engine().has_many_writers else _write_in_turn
    for number, batch in enumerate(batches, start=1):
        write(batch)
        if number % TIDY_AFTER == 0:
            database_engine().tidy()
        yield len(batch.ids)


def _write_in_turn(batch: Batch) -> None:
    """Make the entries while the other process writes; where pages changed in between, once more in its turn."""
    before = _stamps(batch.ids)
    made = _made(batch)

    def write() -> None:
        is_same = _stamps(batch.ids) == before
        store_entries(made if is_same else _made(batch), also_unchanged=True)

    with one_at_a_time():
        _patiently(write)


def _stamps(page_ids: Sequence[int]) -> list[tuple[object, ...]]:
    """Differ after a change of what entries of these pages say: the page or its entry changes in the same transaction.

    Not where a change only makes true again what is stored already.
    """
    pages = Page.objects.filter(pk__in=page_ids).order_by("pk")
    return list(pages.values_list("pk", "path", "live", "last_published_at", "search_entry__version"))


def _write_beside(batch: Batch) -> None:
    """Read and write in one transaction, while others write as well."""

    def write() -> None:
        made = _made(batch)
        database_engine().give_way()
        # Until the end nobody changes these pages; that somebody just did is a conflict. A page without an entry that
        # is taken down would leave nothing else to see it by.
        list(Page.objects.select_for_update(no_key=True).filter(pk__in=batch.ids).order_by("pk").values_list("pk"))
        store_entries(made, also_unchanged=True)

    _patiently(write)


def _made(batch: Batch) -> Made:
    """What pages have in common, such as the unit of their section, is read once for all of them.

    What this process remembers may be older: a change raises the public version only after its commit.
    """
    forget()
    with as_reader():
        return make_entries(kind_named(batch.kind).live_pages().filter(pk__in=batch.ids))


def _patiently(work: Callable[[], R]) -> R:
    """What `work` gives in a transaction that sees the database as it was when it began.

    It begins again where others write the same meanwhile. Within another transaction it is part of that one.
    """
    is_outermost, until = not connection.in_atomic_block, time.monotonic() + PATIENCE
    while True:
        try:
            with transaction.atomic():
                if is_outermost:
                    database_engine().see_one_moment()
                return work()
        except OperationalError as error:
            if not is_outermost or not database_engine().is_conflict(error) or time.monotonic() > until:
                raise
        time.sleep(PAUSE)


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

    return _patiently(drop)
