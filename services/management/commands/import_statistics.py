"""Take over dossier statistics from CSV or XLSX; see docs/statistics.md."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from services.dossiers import telling
from services.dossiers.comparing import compare
from services.dossiers.importing import import_statistics, open_file
from services.management.answering import answering_user
from services.tables.problems import UnreadableFile


class Command(BaseCommand):
    help = _("Take over dossier statistics from a file; a dry run that shows the difference, unless --apply is given.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help=_("CSV or XLSX"))
        parser.add_argument("--apply", action="store_true", help=_("write; --user is needed"))
        parser.add_argument("--user", metavar="NAME", help=_("who hands in the figures and answers for them"))
        parser.add_argument("--verbose-diff", action="store_true", help=_("show every row of the difference"))

    def handle(self, *args: Any, **options: Any) -> None:
        file, writes = open_file(options["file"]), options["apply"]
        try:
            user = answering_user(options["user"]) if writes else None
            found = import_statistics(file, user=user) if writes else compare(file.rows, allowed=None)
        except (UnreadableFile, PermissionDenied) as error:
            raise CommandError(str(error)) from error
        for line in telling.lines(found, written=writes, everything=options["verbose_diff"]):
            self.stdout.write(line)
        if found.refused:
            raise CommandError(_("Rows are refused, so nothing is written."), returncode=1)
        if not found.rows:
            raise CommandError(_("The file has no rows."))
