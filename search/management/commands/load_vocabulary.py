"""Load citizens' words from a file; see docs/search.md."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from search.vocabulary_file import SHIPPED, FaultyFile, Report, load, parse

#: phrases that are named before the rest is only counted
NAMED = 20


class Command(BaseCommand):
    help = _("Add citizens' words that are missing, and bring those that came with the portal up to date.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file",
            type=Path,
            nargs="?",
            default=SHIPPED,
            metavar="FILE",
            help=_("tab-separated: phrase, readings separated by |, group; default: the file of the portal"),
        )
        parser.add_argument("--replace", action="store_true", help=_("also put back what staff changed"))
        parser.add_argument("--dry-run", action="store_true", help=_("say what would be done and write nothing"))

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            rows = parse(options["file"].read_text(encoding="utf-8"))
        except OSError as error:
            raise CommandError(_("The file cannot be read: %(error)s") % {"error": error}) from error
        except UnicodeDecodeError as error:
            raise CommandError(_("The file is not UTF-8: %(error)s") % {"error": error}) from error
        except FaultyFile as error:
            raise CommandError(_("Nothing is loaded. %(faults)s") % {"faults": f"\n{error}"}) from error
        report = load(rows, replace=options["replace"], dry_run=options["dry_run"])
        self._say(report, dry_run=options["dry_run"])

    def _say(self, report: Report, *, dry_run: bool) -> None:
        for label, phrases in (
            (_("added"), report.added),
            (_("updated"), report.updated),
            (_("kept, as staff changed them"), report.kept),
        ):
            self.stdout.write(f"{label}: {len(phrases)}")
            for phrase in phrases[:NAMED] if len(phrases) <= NAMED or dry_run else ():
                self.stdout.write(f"  {phrase}")
        self.stdout.write(f"{_('unchanged')}: {report.unchanged}")
        if dry_run:
            self.stdout.write(_("This was a dry run: nothing is written."))
