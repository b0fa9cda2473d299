"""Record levels from a CSV or XLSX file; see docs/levels.md."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from services.levels.batches import Batch, BatchRefused, store
from services.levels.columns import HEADER
from services.levels.reading import read_batch
from services.levels.wording import in_words
from services.management.answering import answering_user
from services.tables.problems import UnreadableFile


class Command(BaseCommand):
    help = _("Record levels from a file; a dry run that shows the difference, unless --apply is given.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help=_("CSV or XLSX"))
        parser.add_argument("--apply", action="store_true", help=_("write, all rows or none; --reason is needed"))
        parser.add_argument("--user", metavar="NAME", required=True, help=_("who records, with the rights they have"))
        parser.add_argument("--reason", default="", help=_("why; it is logged with every record"))

    def handle(self, *args: Any, **options: Any) -> None:
        user = _recorder(options["user"])
        if options["apply"] and not options["reason"].strip():
            raise CommandError(_("--apply needs --reason TEXT."))
        try:
            batch = read_batch(options["file"], user=user)
            self._show(batch)
            if batch.problems:
                raise CommandError(_("Rows are refused, so nothing is written."))
            if not batch.entries:
                raise CommandError(_("The file has no rows."))
            if options["apply"]:
                number = store(batch, user=user, reason=options["reason"].strip())
                self.stdout.write(_("%(number)d levels are recorded.") % {"number": number})
            else:
                self.stdout.write(_("%(number)d levels would be recorded.") % {"number": len(batch.entries)})
        except (UnreadableFile, BatchRefused) as error:
            raise CommandError(str(error)) from error

    def _show(self, batch: Batch) -> None:
        for problem in batch.problems:
            place = ", ".join(filter(None, [str(problem.line), HEADER.title(problem.column)]))
            self.stderr.write(f"{place}: {problem.reason}")
        for entry in batch.entries:
            record = entry.record
            unit = record.unit.label if record.unit else _("all units")
            before = in_words(entry.level_before, entry.extent_before)
            after = in_words(record.level, record.extent)
            self.stdout.write(f"{record.procedure.code} · {unit} · {record.date:%d/%m/%Y}: {before} → {after}")
            for text in entry.advice:
                self.stdout.write(f"    {text}")


def _recorder(name: str) -> Any:
    user = answering_user(name)
    if not user.has_perm("services.add_maturityrecord"):
        raise CommandError(_("%(name)s may not record levels.") % {"name": name})
    return user
