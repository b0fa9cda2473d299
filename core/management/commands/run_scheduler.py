"""Every minute, hand to the worker what is due. One of it is enough; two do no harm."""

import logging
import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, close_old_connections
from django.utils.module_loading import autodiscover_modules

from core.due import enqueue_due

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Queue what is due (scheduled publishing, cleaning up) every minute until stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="look once and end")
        parser.add_argument("--interval", type=float, default=60, help="seconds between two looks (default: 60)")

    def handle(self, *args: Any, **options: Any) -> None:
        autodiscover_modules("tasks")  # each app's module registers its jobs
        if options["once"]:
            self._report(enqueue_due())
            return
        stopped = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stopped.set())
        while not stopped.is_set():
            self._look()
            stopped.wait(options["interval"])

    def _look(self) -> None:
        """One look. A database that is away or locked is met again at the next one."""
        close_old_connections()
        try:
            self._report(enqueue_due())
        except DatabaseError:
            logger.exception("The scheduler could not reach the database; it tries again.")
        finally:
            close_old_connections()

    def _report(self, paths: list[str]) -> None:
        for path in paths:
            self.stdout.write(f"queued {path}")
