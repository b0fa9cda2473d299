"""Compile interface strings without GNU gettext, which is seldom installed where the portal runs."""

import os
from pathlib import Path
from typing import Any

import polib
from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser


def compile_catalogues(folder: Path, *, force: bool = False) -> list[Path]:
    """Write each `.mo` that is missing or older than its `.po`; return those written.

    A file appears whole: several processes may compile at once while others read.
    """
    written = []
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if not force and target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        draft = target.with_suffix(f".mo.{os.getpid()}")
        polib.pofile(str(source)).save_as_mofile(str(draft))
        draft.replace(target)
        written.append(target)
    return written


class Command(BaseCommand):
    help = "Compile locale/*/LC_MESSAGES/*.po where they changed."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--force", action="store_true", help="compile all of them")

    def handle(self, *args: Any, **options: Any) -> None:
        for folder in settings.LOCALE_PATHS:
            for target in compile_catalogues(Path(folder), force=options["force"]):
                self.stdout.write(f"compiled {target.parent.parent.name}/{target.stem}")
