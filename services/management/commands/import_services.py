"""Import procedures from JSON, CSV or XLSX, by columns or in a national form; see docs/import.md."""

import gc
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import Any, TextIO

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from services.importing import running
from services.importing.difference import Portal
from services.importing.formats import Format
from services.importing.report import Report
from services.importing.units import DEFAULT_SECTION
from services.management.answering import answering_user
from services.tables.problems import UnreadableFile

#: rows between two lines of progress where nobody watches a terminal
TOLD_EVERY = 500


class Progress:
    """One line that is written over on a terminal; a line now and then in a log."""

    def __init__(self, stream: TextIO, verb: str, quiet: bool) -> None:
        self.stream, self.verb, self.quiet = stream, verb, quiet
        self.live = stream.isatty()
        self.began = monotonic()
        self.told = 0

    def __call__(self, rows: int) -> None:
        if self.quiet or not (self.live or rows - self.told >= TOLD_EVERY):
            return
        self.told = rows
        pace = rows / max(monotonic() - self.began, 0.001)
        line = _("%(verb)s %(rows)d rows, %(pace)d a second") % {"verb": self.verb, "rows": rows, "pace": pace}
        self.stream.write(f"\r{line}   " if self.live else f"{line}\n")
        self.stream.flush()

    def end(self) -> None:
        if self.live and self.told:
            self.stream.write("\n")


@contextmanager
def _application_left_to_itself() -> Iterator[None]:
    """Python looks for garbage among what the run makes only, not anew among the application's million objects."""
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


class Command(BaseCommand):
    help = _("Import procedures from a file; a dry run that shows the difference, unless --apply is given.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help=_("JSON (plain or .gz), CSV or XLSX"))
        parser.add_argument(
            "--format",
            choices=[form.value for form in Format],
            default=Format.AUTO.value,
            help=_("form of the records; found out by their keys unless it is given"),
        )
        parser.add_argument("--apply", action="store_true", help=_("write; --user and --reason are needed"))
        parser.add_argument("--user", metavar="NAME", help=_("who imports and answers for it: a superuser"))
        parser.add_argument(
            "--reason", default="", help=_("why the pages go live without the approval of their units; it is logged")
        )
        parser.add_argument(
            "--section",
            metavar="SLUG",
            default=DEFAULT_SECTION,
            help=_("section for procedures of no unit of the portal; default: %(default)s"),
        )
        parser.add_argument("--strict", action="store_true", help=_("write nothing where a single row is refused"))
        parser.add_argument("--verbose-diff", action="store_true", help=_("show every row of the difference"))

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            by = running.Answerable(answering_user(options["user"]), options["reason"]) if options["apply"] else None
            portal = Portal.load(options["section"])
            with _application_left_to_itself():
                report = self._run(options, portal, by)
        except (UnreadableFile, PermissionDenied) as error:
            raise CommandError(str(error)) from error
        written = options["apply"] and not (options["strict"] and report.refused)
        self.stdout.write(report.text(written=written))
        if options["strict"] and report.refused:
            raise CommandError(_("Rows are refused, so nothing is written (--strict)."), returncode=1)
        if not report.rows:
            raise CommandError(_("The file has no rows."))

    def _run(self, options: dict[str, Any], portal: Portal, by: running.Answerable | None) -> Report:
        """Look through the file first where a row may forbid the whole of it, then write."""
        file = running.File(options["file"], Format(options["format"]))
        strict, quiet = options["strict"], options["verbosity"] == 0
        everything = options["verbose_diff"]
        report = Report(everything)
        if by is None or strict:
            progress = Progress(sys.stderr, _("compared"), quiet)
            running.survey(file, portal, report, progress)
            progress.end()
            if by is None or report.refused:
                return report
            portal.renew()
            report = Report(everything)
        progress = Progress(sys.stderr, _("written"), quiet)
        if strict:
            self._write_all(file, portal, report, progress, by)
        else:
            running.write(file, portal, report, progress, by)
        progress.end()
        return report

    @staticmethod
    def _write_all(
        file: running.File, portal: Portal, report: Report, progress: Progress, by: running.Answerable
    ) -> None:
        try:
            running.write_all_or_nothing(file, portal, report, progress, by)
        except running.RowsRefused:
            portal.renew()
