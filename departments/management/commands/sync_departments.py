from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from departments.provisioning import provide_roles


class Command(BaseCommand):
    help = "Bring groups, rights and collections of all units to what the roles say. A second run changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--prune", action="store_true", help="take away rights that were given by hand as well")
        parser.add_argument("--dry-run", action="store_true", help="only say what would be done")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = provide_roles(prune=options["prune"], dry_run=options["dry_run"])
        except ValueError as fault:
            raise CommandError(f"{fault} Run migrate, then try again; nothing was changed.") from fault
        for line in report.lines():
            self.stdout.write(line)
