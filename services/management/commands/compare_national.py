"""Compare the catalogue with a file of the national list; see docs/national.md."""

import datetime
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from services.models.national import FindingKind, NationalFinding
from services.national.comparing import compare_file
from services.national.supplied import day_of, supplied_file
from services.national.telling import tell_of_new_findings
from services.tables.problems import UnreadableFile


class Command(BaseCommand):
    help = _("Compare the catalogue with a file of the national list and report what differs. Changes no service.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file", type=Path, nargs="?", metavar="FILE", help=_("default: what PORTAL_NATIONAL_LIST names")
        )
        parser.add_argument(
            "--date",
            type=datetime.date.fromisoformat,
            metavar="YYYY-MM-DD",
            help=_("day of the list; default: the day on which the file was written"),
        )
        parser.add_argument(
            "--part", action="store_true", help=_("the file is a part of the list: what it lacks is not abolished")
        )
        parser.add_argument("--quiet", action="store_true", help=_("tell nobody of new differences"))

    def handle(self, *args: Any, **options: Any) -> None:
        path = options["file"] or supplied_file()
        if path is None:
            raise CommandError(_("No file is given, and PORTAL_NATIONAL_LIST names none."))
        try:
            listed_on = options["date"] or day_of(path)
            made, report = compare_file(path, listed_on=listed_on, whole=not options["part"])
        except OSError as error:
            raise CommandError(_("The file cannot be opened: %(reason)s.") % {"reason": error.strerror}) from error
        except UnreadableFile as error:
            raise CommandError(str(error)) from error
        for line in report.problem_lines():
            self.stdout.write(line)
        counted = _("%(rows)d rows compared, %(refused)d refused. Differences:")
        self.stdout.write(counted % {"rows": made.rows, "refused": made.refused})
        counts = Counter(NationalFinding.objects.values_list("kind", flat=True))
        for kind in FindingKind:
            self.stdout.write(f"{counts[kind]:7d}  {kind.label}")
        if not options["quiet"]:
            tell_of_new_findings()
