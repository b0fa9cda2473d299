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
# Who waits for its turn to write on SQLite looks ten times a second whether nobody does.
GAP = 0.12  # seconds
TURNS = 4  # until there is a gap


class _Turns:
    """What processes that share out work have in common."""

    def __init__(self) -> None:
        self.lock = _context.Lock()
        self.taken = _context.RawValue("L", 0)


_turns: _Turns | None = None  # where this process is one of several


class WorkFailed(Exception):
    """A process ended before its work was done. It has said why on its standard error."""


def results_of(work: Callable[[Any], Iterable[int]], parts: Sequence[Any]) -> Iterator[int]:
    """What `work` gives of each part, each part in a process of its own, in the order in which it comes.

    Only for commands: open connections to the database are closed, and there must be no other threads. WorkFailed
    where a process fails; the others are ended then. Where this process dies, they end with their next result.
    """
    connections.close_all()  # a connection cannot be shared
    processes: dict[Connection, Any] = {}
    turns = _Turns()
    try:
        for part in parts:
            receiver, sender = _context.Pipe(duplex=False)
            arguments = (work, part, sender, [*processes, receiver], turns)
            processes[receiver] = _context.Process(target=_run, args=arguments)
            processes[receiver].start()
            sender.close()
        yield from _received(dict(processes))
    finally:
        for process in processes.values():
            process.terminate()
            process.join()


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Of these processes; now and then none of them, so that everybody else gets to write, too."""
    if _turns is None:
        yield
        return
    with _turns.lock:
        yield
        _turns.taken.value += 1
        if _turns.taken.value % TURNS == 0:
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


def _run(
    work: Callable[[Any], Iterable[int]],
    part: Any,
    sender: Connection,
    receivers: Sequence[Connection],
    turns: _Turns,
) -> None:
    global _turns
    _turns = turns
    # Ctrl-C is for the process that waits for this one. And as long as the other end is open here, no pipe breaks.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for receiver in receivers:
        receiver.close()
    for found in work(part):
        sender.send(found)
