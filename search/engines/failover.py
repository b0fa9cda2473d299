"""An engine outside the database for as long as it is well; the database's own from the first fault on.

The breaker is one a process. Readers never try a sick engine: a thread of the breaker's does, until it answers again.
"""

import logging
import os
from collections.abc import Callable, Collection, Sequence
from itertools import count
from threading import Lock, Thread
from time import sleep
from typing import TypeVar

from core.page_cache import per_version
from search.engines.base import LIMIT, Answering, Asked, Candidates, Engine, Filters, Frequencies, in_turn
from search.engines.outside import OutsideEngine, OutsideFault, QuestionRefused
from search.models import SearchEntry

#: with more entries than this not yet pushed the database answers altogether
FEW = 1_000
PAUSES = (1, 2, 5, 10)  # seconds between two tries; the last one goes on

logger = logging.getLogger(__name__)
R = TypeVar("R")


class Breaker:
    """Remembers that an engine is sick, and has it tried in the background until it is well."""

    def __init__(self, probe: Callable[[], None]) -> None:
        self.probe = probe
        self._lock = Lock()
        self._is_open = False
        self._thread: Thread | None = None
        self._pid = os.getpid()

    @property
    def is_open(self) -> bool:
        if self._is_open and self._pid != os.getpid():
            # A forked process inherits the state, but not the thread that would end it.
            self._lock, self._is_open, self._thread, self._pid = Lock(), False, None, os.getpid()
        return self._is_open

    def trip(self, fault: Exception) -> None:
        """Logged once, however many readers meet the fault."""
        with self._lock:
            if self._is_open:
                return
            self._is_open = True
            self._thread = Thread(target=self._try_until_well, name="search-probe", daemon=True)
            self._thread.start()
        logger.warning("The outside search engine is left alone, the database answers: %s", fault)

    def _try_until_well(self) -> None:
        for tries in count():
            sleep(PAUSES[min(tries, len(PAUSES) - 1)])
            try:
                self.probe()
            except OutsideFault:
                continue
            with self._lock:
                self._is_open = False
            logger.info("The outside search engine answers again.")
            return


class FailoverEngine(Answering):
    """Answers questions only: entries are written to the database's engine, and pushed to the one outside."""

    def __init__(self, outside: OutsideEngine, database: Callable[[], Engine]) -> None:
        self.outside = outside
        self.database = database
        self.breaker = Breaker(outside.probe)

    @property
    def is_available(self) -> bool:
        return not self.breaker.is_open or self.database().is_available

    def frequencies(self, terms: Collection[str], locale_id: int, most: int) -> Frequencies:
        return self._first(lambda engine: engine.frequencies(terms, locale_id, most))

    def candidates(self, asked: Asked, filters: Filters, limit: int = LIMIT) -> Candidates:
        return self.candidates_of_each(asked, [filters], limit)[0]

    def candidates_of_each(self, asked: Asked, several: Sequence[Filters], limit: int = LIMIT) -> list[Candidates]:
        """What is not pushed yet is asked of the database, so that nobody has to wait for the push."""
        waiting = waiting_entries(several[0].locale_id)
        if len(waiting) > FEW:
            return self.database().candidates_of_each(asked, several, limit)
        found = self._first(lambda engine: engine.candidates_of_each(asked, several, limit))
        if not waiting or self.breaker.is_open:
            return found
        both = [self._with_waiting(asked, *pair, waiting, limit) for pair in zip(several, found, strict=False)]
        if both[0].is_full and len(both) < len(several):  # the engine alone has no more than the first
            both += [self.candidates(asked, filters, limit) for filters in several[1:]]
        return both

    def _with_waiting(
        self, asked: Asked, filters: Filters, found: Candidates, waiting: frozenset[int], limit: int
    ) -> Candidates:
        pages = waiting if filters.pages is None else waiting & filters.pages
        fresh = self.database().candidates(asked, Filters(filters.locale_id, filters.facets, pages), limit)
        old = [page_id for page_id in found.ids if page_id not in pages]
        both = in_turn(fresh.ids, old, limit)
        return Candidates(both.ids, both.is_full or found.is_full or fresh.is_full)

    def _first(self, ask: Callable[[Answering], R]) -> R:
        if self.breaker.is_open:
            return ask(self.database())
        try:
            return ask(self.outside)
        except QuestionRefused as fault:
            logger.warning("The outside search engine refused a question: %s", fault)
        except OutsideFault as fault:
            self.breaker.trip(fault)
        return ask(self.database())


@per_version
def waiting_entries(locale_id: int) -> frozenset[int]:
    """Entries of a language that the outside engine does not have yet as they are; at most `FEW` and one."""
    rows = SearchEntry.objects.waiting().filter(locale_id=locale_id)
    return frozenset(rows.values_list("pk", flat=True)[: FEW + 1])
