"""What the outside engine has still to be told: entries and tombstones whose version it was not told yet.

Versions go up in the transaction of the change and never come down, also when an entry is taken away and comes back;
so pushes may come late, twice or in any order. Tombstones are written without an outside engine, too: one that is
switched on again may hold older texts.
"""

import datetime
import logging
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from django.db import transaction
from django.db.models import Count, Min, QuerySet
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult
from wagtail.models import Locale, Page

from search.engines import outside_engine
from search.engines.base import Document
from search.engines.outside import Change, OutsideEngine, OutsideFault, Removal
from search.models import SearchEntry, Tombstone
from search.querysets import WAITING

BATCH = 200  # rows of one push
#: how long a push may linger, by far
LATE = datetime.timedelta(days=1)
#: how long the tombstone of a page that is gone for good is kept
KEEP_TOMBSTONES = datetime.timedelta(days=30)

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class Report:
    """How many entries and tombstones were pushed, how many the engine refused."""

    pushed: int = 0
    refused: int = 0


def bury(entry: SearchEntry) -> None:
    """Note down the versions of an entry that is about to be deleted, in the same transaction."""
    # Asked again and locked: the instance may have been read before somebody else's change.
    row = SearchEntry.objects.select_for_update().filter(pk=entry.pk).values("version", "pushed_version", "locale_id")
    found = row.first() or {name: getattr(entry, name) for name in ("version", "pushed_version", "locale_id")}
    tombstone = Tombstone(page_id=entry.pk, **{**found, "version": found["version"] + 1})
    columns = ["locale", "version", "pushed_version", "removed_at"]
    Tombstone.objects.bulk_create([tombstone], update_conflicts=True, unique_fields=["page_id"], update_fields=columns)


def unearth(page_ids: Collection[int]) -> dict[int, Tombstone]:
    """The tombstones of entries that come back, which end with it."""
    if not page_ids:
        return {}
    found = Tombstone.objects.select_for_update().in_bulk(list(page_ids))
    if found:
        Tombstone.objects.filter(pk__in=list(found)).delete()
    return found


def announce() -> None:
    """Something changed in this transaction: once it is committed, let the worker push it."""
    if outside_engine() is None:
        return
    connection = transaction.get_connection()
    if not any(function is _queue_push for _savepoints, function, *_rest in connection.run_on_commit):
        # Robust: what keeps the task from being queued must not fail the publication; the scheduler queues it, too.
        transaction.on_commit(_queue_push, robust=True)


def _queue_push() -> None:
    """One waiting task is enough: it has not looked yet, so it will see what was committed before this moment."""
    if not DBTaskResult.objects.ready().filter(task_path=push_changes.module_path).exists():
        push_changes.enqueue()


@task(backend="db")
def push_changes() -> None:
    """Push what waits; where the engine is away it goes on waiting, for the scheduler's next task at the latest."""
    outside = outside_engine()
    if outside is None:
        return
    try:
        sync(outside)
    except OutsideFault as fault:
        _say_once(f"The outside search engine takes nothing, changes wait: {fault}")
    else:
        _say_once("")


def sync(outside: OutsideEngine) -> Report:
    """Push all that waits; an engine that is new or lost its data is filled anew. OutsideFault where it is away."""
    locale_ids = list(Locale.objects.values_list("pk", flat=True))
    if not outside.is_complete(locale_ids):
        if outside.is_being_built(locale_ids):
            return Report()
        rebuild_outside(outside)
    report = Report()
    for changes in chain(
        entries_by_batch(SearchEntry.objects.waiting()), tombstones_by_batch(Tombstone.objects.waiting())
    ):
        push(outside, changes, report)
    _forget_tombstones()
    return report


def push(outside: OutsideEngine, changes: Sequence[Change], report: Report) -> None:
    """Push changes and mark exactly the versions that were pushed."""
    pushed = outside.push(changes)
    mark_pushed([change for change in changes if change.id in pushed.done])
    for page_id, reason in pushed.refused.items():
        logger.error("The outside search engine refuses page %s: %s", page_id, reason)
    report.pushed += len(pushed.done)
    report.refused += len(pushed.refused)


def mark_pushed(changes: Sequence[Change]) -> None:
    for model, kind in ((SearchEntry, Document), (Tombstone, Removal)):
        model.objects.mark_pushed({change.id: change.version for change in changes if isinstance(change, kind)})


def rebuild_outside(outside: OutsideEngine, progress: Callable[[int, int], None] = lambda done, total: None) -> int:
    """Fill new indexes from the table and let readers ask them; the number of entries is returned.

    Changes made meanwhile are pushed to the old indexes and to the new ones, so none is lost, whichever of the two
    comes first. OutsideFault where the engine is away; then the old indexes stay.
    """
    total, stored = SearchEntry.objects.count(), []
    progress(0, total)
    # The indexes are made before the first row is read: of a change after that, `push` knows them.
    build = outside.build(list(Locale.objects.values_list("pk", flat=True)))
    try:
        # Of entries taken away lately a late push may still be on its way.
        lately = Tombstone.objects.filter(removed_at__gt=timezone.now() - LATE)
        for changes in build.fill(chain(entries_by_batch(SearchEntry.objects.all()), tombstones_by_batch(lately))):
            stored.append({change.id: change.version for change in changes if isinstance(change, Document)})
            progress(sum(map(len, stored)), total)
        build.swap()
    except BaseException:
        build.drop()
        raise
    for versions in stored:
        SearchEntry.objects.mark_pushed(versions)
    return sum(map(len, stored))


def backlog() -> dict[str, int]:
    """How many changes wait to be pushed, and for how many seconds the oldest has."""
    columns = ((SearchEntry, "changed_at"), (Tombstone, "removed_at"))
    found = [model.objects.waiting().aggregate(count=Count("pk"), oldest=Min(column)) for model, column in columns]
    now = timezone.now()
    oldest = min((row["oldest"] for row in found if row["oldest"]), default=now)
    return {"waiting": sum(row["count"] for row in found), "oldest_seconds": round((now - oldest).total_seconds())}


def entries_by_batch(rows: QuerySet[SearchEntry]) -> Iterator[list[Change]]:
    """The documents of entries, read a batch at a time in the order of their pages, each once."""
    languages = dict(Locale.objects.values_list("pk", "language_code"))
    rows, last = rows.order_by("pk").defer("summary", "body", "shown", "files"), 0
    while batch := list(rows.filter(pk__gt=last)[:BATCH]):
        last = batch[-1].pk
        yield [Document.of(entry, languages[entry.locale_id]) for entry in batch]


def tombstones_by_batch(rows: QuerySet[Tombstone]) -> Iterator[list[Change]]:
    rows, last = rows.order_by("pk"), 0
    while batch := list(rows.filter(pk__gt=last)[:BATCH]):
        last = batch[-1].pk
        yield [Removal(row.pk, row.version, row.locale_id) for row in batch]


def _forget_tombstones() -> None:
    """Pages that are gone for good never come back: their numbers are not given again."""
    old = Tombstone.objects.exclude(WAITING).filter(removed_at__lt=timezone.now() - KEEP_TOMBSTONES)
    old.exclude(pk__in=Page.objects.values("pk")).delete()


_last_said = ""


def _say_once(text: str) -> None:
    """A fault goes into the log once, not with every try."""
    global _last_said
    if text and not _last_said:
        logger.warning("%s", text)
    elif _last_said and not text:
        logger.info("The outside search engine takes changes again.")
    _last_said = text
