import sys
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.garbage import settle
from search.engines import engine, outside_engine
from search.engines.outside import OutsideEngine, OutsideFault
from search.outbox import rebuild_outside
from search.rebuilding import rebuild


class Command(BaseCommand):
    help = (
        "Writes the search entries of all live pages anew and takes away what has no page; then fills new indexes of "
        "the outside engine, where one is set. Search and publishing go on meanwhile."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--outside-only", action="store_true", help="leave the entries alone, only fill the outside engine"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        outside = outside_engine()
        if options["outside_only"] and outside is None:
            raise CommandError("No outside engine is set (SEARCH_ELASTICSEARCH_URL).")
        self.last_shown = 0.0
        settle()
        if not options["outside_only"]:
            self._write_entries()
        if outside is not None:
            self._fill(outside)

    def _write_entries(self) -> None:
        if not engine().is_available:
            self.stderr.write("This database has no search engine yet: the entries are written, nothing is found.")
        started = time.monotonic()
        count = rebuild(self.show if sys.stderr.isatty() else lambda done, total: None)
        self._say(f"{count} entries", started)

    def _fill(self, outside: OutsideEngine) -> None:
        started = time.monotonic()
        try:
            count = rebuild_outside(outside, self.show if sys.stderr.isatty() else lambda done, total: None)
        except OutsideFault as fault:
            raise CommandError(
                f"The outside search engine could not be filled, its old indexes stay: {fault}"
            ) from fault
        self._say(f"{count} entries into the outside engine", started)

    def _say(self, what: str, started: float) -> None:
        if sys.stderr.isatty():
            self.stderr.write("\r\x1b[K", ending="")
        self.stdout.write(f"{what} in {time.monotonic() - started:.1f} s")

    def show(self, done: int, total: int) -> None:
        """One line that is written over; at most five times a second."""
        now = time.monotonic()
        if now - self.last_shown < 0.2 and done < total:
            return
        self.last_shown = now
        share = done / total if total else 1
        self.stderr.write(f"\r{'█' * int(share * 30):<30} {done} / {total} ({share:.0%})", ending="")
        self.stderr.flush()
