import sys
import time
from typing import Any

from django.core.management.base import BaseCommand

from search.engines import engine
from search.entries import rebuild


class Command(BaseCommand):
    help = "Writes the search entries of all live pages anew and takes away what has no page. Search goes on meanwhile."

    def handle(self, *args: Any, **options: Any) -> None:
        if not engine().is_available:
            self.stderr.write("This database has no search engine yet: the entries are written, nothing is found.")
        self.last_shown = 0.0
        started = time.monotonic()
        count = rebuild(self.show if sys.stderr.isatty() else lambda done, total: None)
        if sys.stderr.isatty():
            self.stderr.write("\r\x1b[K", ending="")
        self.stdout.write(f"{count} entries in {time.monotonic() - started:.1f} s")

    def show(self, done: int, total: int) -> None:
        """One line that is written over; at most five times a second."""
        now = time.monotonic()
        if now - self.last_shown < 0.2 and done < total:
            return
        self.last_shown = now
        share = done / total if total else 1
        self.stderr.write(f"\r{'█' * int(share * 30):<30} {done} / {total} ({share:.0%})", ending="")
        self.stderr.flush()
