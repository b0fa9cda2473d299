from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from departments.filing import file_by_unit
from departments.provisioning import provide_roles


class Command(BaseCommand):
    help = "Bring groups, rights and collections of all units to what the roles say. A second run changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--prune", action="store_true", help="take away rights that were given by hand as well")
        parser.add_argument("--dry-run", action="store_true", help="only say what would be done")
        parser.add_argument(
            "--file", action="store_true", help="move files that only one unit's pages show into its collection"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["file"] and options["dry_run"]:
            raise CommandError("Files are moved or not: --file goes without --dry-run.")
        try:
            report = provide_roles(prune=options["prune"], dry_run=options["dry_run"])
        except ValueError as fault:
            raise CommandError(f"{fault} Run migrate, then try again; nothing was changed.") from fault
        for line in report.lines():
            self.stdout.write(line)
        if options["file"]:
            self.stdout.write(f"{file_by_unit()} files moved into collections of units")
