"""Work shared out among processes that are copies of this one."""

import signal
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from typing import Any

from django.db import connections

_context = get_context("fork")
_turn = _context.Lock()
# SQLite has those who wait for their turn to write look ten times a second whether nobody writes.
GAP = 0.12  # seconds
TURNS = 4  # of a process until it leaves a gap
_turns_taken: int | None = None  # of a process that has siblings


class WorkFailed(Exception):
    """A process ended before its work was done. It has said why on its standard error."""


def results_of(work: Callable[[Any], Iterable[int]], parts: Sequence[Any]) -> Iterator[int]:
    """What `work` gives of each part, each part in a process of its own, in the order in which it comes.

    Only for commands: open connections to the database are closed, and there must be no other threads. WorkFailed
    where a process fails; the others are ended then. Where this process dies, they end with their next result.
    """
    connections.close_all()  # a connection cannot be shared
    processes: dict[Connection, Any] = {}
    try:
        for part in parts:
            receiver, sender = _context.Pipe(duplex=False)
            processes[receiver] = _context.Process(target=_run, args=(work, part, sender, [*processes, receiver]))
            processes[receiver].start()
            sender.close()
        yield from _received(dict(processes))
    finally:
        for process in processes.values():
            process.terminate()
            process.join()


@contextmanager
def in_turn() -> Iterator[None]:
    """One of these processes at a time; now and then none of them, so that everybody else gets to write, too."""
    global _turns_taken
    if _turns_taken is None:
        yield
        return
    with _turn:
        yield
        _turns_taken += 1
        if _turns_taken % TURNS == 0:
            time.sleep(GAP)


def _received(processes: dict[Connection, Any]) -> Iterator[int]:
    while processes:
        for receiver in wait(list(processes)):
            try:
                yield receiver.recv()
            except EOFError:
                process = processes.pop(receiver)
                process.join()
                if process.exitcode:
                    raise WorkFailed(f"A process ended early, with status {process.exitcode}.") from None


def _run(work: Callable[[Any], Iterable[int]], part: Any, sender: Connection, receivers: Sequence[Connection]) -> None:
    global _turns_taken
    # Ctrl-C is for the process that waits for this one. And as long as the other end is open here, no pipe breaks.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _turns_taken = 0
    for receiver in receivers:
        receiver.close()
    for found in work(part):
        sender.send(found)
