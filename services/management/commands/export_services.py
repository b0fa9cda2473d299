"""Export the catalogue by the columns that import_services reads; see docs/import.md."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from services.exporting.files import FORMATS, write


class Command(BaseCommand):
    help = _("Export the catalogue to a file that import_services reads: .csv, .xlsx or .json, by its ending.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--drafts", action="store_true", help=_("services that are not live as well"))

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        form = path.suffix.lower().removeprefix(".")
        if form not in FORMATS:
            message = _("The name of the file must end in one of: %(endings)s.")
            raise CommandError(message % {"endings": ", ".join(f".{name}" for name in FORMATS)})
        part = path.with_name(f".{path.name}.part")
        try:
            with part.open("wb") as file:
                write(file, form, drafts=options["drafts"])
            part.replace(path)
        except OSError as error:
            raise CommandError(_("The file cannot be written: %(reason)s.") % {"reason": error.strerror}) from error
        finally:
            part.unlink(missing_ok=True)
