"""Fill an empty portal with the demo: units, services, documents, announcements, accounts. Repeatable."""

import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext

from home.demo import accounts, pages, plans, records, services, statistics


class Command(BaseCommand):
    help = "Load the demo content; what is there already is kept as it is."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--accounts", action="store_true", help="only print the demo's accounts")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.PORTAL_DEMO_ALLOWED:
            raise CommandError(
                "The demo is not loaded with production settings: its accounts are known to whoever asks."
            )
        if options["accounts"]:
            self._print_accounts()
            return
        with translation.override("vi"):
            self._load()

    def _load(self) -> None:
        steps = (
            ("units, fields, settings", lambda progress: records.load_records()),
            ("sections", pages.load_sections),
            ("plain pages", lambda progress: pages.load_plain_pages()),
            ("services", services.load_services),
            ("dossier statistics", lambda progress: statistics.load_statistics()),
            ("documents", pages.load_directives),
            ("announcements", pages.load_announcements),
            ("settings", lambda progress: pages.link_settings()),
            ("accounts", lambda progress: accounts.load_accounts()),
            ("plan and reports", lambda progress: plans.load_plans()),
        )
        for name, load in steps:
            self.done = 0
            with transaction.atomic():
                load(lambda _title, name=name: self._progress(name))
            self._clear_line()
            self.stdout.write(f"  demo: {name}" + (f", {self.done} new" if self.done else ""))

    def _progress(self, name: str) -> None:
        self.done += 1
        if sys.stderr.isatty():
            self.stderr.write(f"\r  demo: {name} {self.done}", ending="")
            self.stderr.flush()

    def _clear_line(self) -> None:
        if sys.stderr.isatty() and self.done:
            self.stderr.write("\r" + " " * 60 + "\r", ending="")

    def _print_accounts(self) -> None:
        passwords = accounts.read_accounts()
        for name, shown, role in accounts.ACCOUNTS:
            if name in passwords:
                label = str(role.label) if role else gettext("Administrator")
                self.stdout.write(f"  {label:<18} {name:<12} {passwords[name]}   ({shown})")
