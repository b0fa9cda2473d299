"""New indexes of Elasticsearch being filled, while readers ask the old ones and `push` writes to both."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from typing import Any

from elasticsearch.helpers import streaming_bulk

from search.engines.faults import WRONG, faults
from search.engines.indices import Indexes
from search.engines.outside import Build, Change, OutsideFault

FILL_SECONDS = 120.0  # the refresh before the swap may take that long on a busy machine
TAKEN = frozenset({200, 201, 409})  # 409: `push` was there first with something newer


class Filling(Build):
    def __init__(self, indexes: Indexes, names: dict[str, str], operation: Callable[[Change], dict[str, Any]]) -> None:
        self.indexes = indexes
        self.names = names
        self.operation = operation
        self.client = indexes.client.options(request_timeout=FILL_SECONDS)

    def fill(self, batches: Iterable[Sequence[Change]]) -> Iterator[Sequence[Change]]:
        waiting: deque[tuple[Sequence[Change], Future[set[int]]]] = deque()
        # The server splits and stores one batch while the next is put together here.
        with ThreadPoolExecutor(2, thread_name_prefix="filling") as pool:
            for batch in batches:
                waiting.append((batch, pool.submit(self._store, [self.operation(change) for change in batch])))
                if len(waiting) > 2:
                    yield self._done(*waiting.popleft())
            while waiting:
                yield self._done(*waiting.popleft())

    def swap(self) -> None:
        with faults():
            Indexes(self.client, self.indexes.prefix).swap(self.names)

    def drop(self) -> None:
        self.indexes.given_up.update(name.rpartition("-")[2] for name in self.names.values())
        # Where the server is away they are dropped by the next rebuild.
        with suppress(OutsideFault), faults():
            self.indexes.drop(self.names.values())

    @staticmethod
    def _done(batch: Sequence[Change], refused: "Future[set[int]]") -> Sequence[Change]:
        with faults():
            left_out = refused.result()
        return [change for change in batch if change.id not in left_out]

    def _store(self, operations: list[dict[str, Any]]) -> set[int]:
        """Store them; the page ids of those that the server finds wrong are returned."""
        refused = set()
        options = {"chunk_size": 500, "max_chunk_bytes": 10 * 1024 * 1024, "raise_on_error": False}
        for _is_ok, answer in streaming_bulk(self.client, operations, **options):
            outcome = answer["index"]
            if outcome["status"] == WRONG:
                refused.add(int(outcome["_id"]))
            elif outcome["status"] not in TAKEN:
                raise OutsideFault(f"page {outcome['_id']} was refused: {str(outcome.get('error'))[:500]}")
        return refused
