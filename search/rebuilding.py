"""Every entry written anew, batch by batch, while search and publishing go on."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from django.db import OperationalError, connection, transaction

from core.page_cache import as_reader, touch
from search.engines import database_engine
from search.entries import BATCH, remove_entries, write_entries
from search.kinds import Kind, all_kinds, kind_named
from search.models import SearchEntry
from search.processes import results_of
from search.suggestions import tidy_titles

TIDY_AFTER = 10  # batches: dear for each, and searches read through what waits
FEW = 20  # batches that are not worth a second process
#: a batch is written again where somebody published one of its pages meanwhile
TRIES = 8


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
    processes = min(database_engine().writers, os.cpu_count() or 1)
    if len(batches) < FEW or processes == 1 or connection.in_atomic_block:
        yield from _write(batches)
    else:
        yield from results_of(_write, [batches[number::processes] for number in range(processes)])


def _write(batches: Sequence[Batch]) -> Iterator[int]:
    for number, batch in enumerate(batches, start=1):
        _write_batch(batch)
        if number % TIDY_AFTER == 0:
            database_engine().tidy()
        yield len(batch.ids)


def _write_batch(batch: Batch) -> None:
    pages = kind_named(batch.kind).live_pages().filter(pk__in=batch.ids)
    for left in reversed(range(TRIES)):
        try:
            # Pages are read inside the transaction, so that no change of one comes between reading and writing; what
            # pages have in common, such as the unit of their section, once a public version.
            with _one_moment(), as_reader():
                write_entries(pages.all(), also_unchanged=True)
            return
        except OperationalError:
            if not left or connection.in_atomic_block:
                raise


@contextmanager
def _one_moment() -> Iterator[None]:
    """A transaction that sees the database as it was when it began; within another one, as that does."""
    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        if is_outermost:
            database_engine().see_one_moment()
        yield


def _live_ids(kind: Kind) -> list[int]:
    return list(kind.live_pages().order_by("pk").values_list("pk", flat=True))


def _drop_strays() -> int:
    """Take away entries without a page for search, and from the engine what has no entry; what remains is counted."""
    with _one_moment():
        stored = set(SearchEntry.objects.values_list("pk", flat=True))
        kept = stored.intersection(page_id for kind in all_kinds() for page_id in _live_ids(kind))
        remove_entries(stored - kept)
        database_engine().retain(kept)
        tidy_titles()
        touch()
    return len(kept)
