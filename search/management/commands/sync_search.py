from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search.engines import outside_engine
from search.engines.outside import OutsideFault
from search.outbox import backlog, sync


class Command(BaseCommand):
    help = "Tells the outside search engine what it has still to be told, as the worker does after each publication."

    def handle(self, *args: Any, **options: Any) -> None:
        outside = outside_engine()
        if outside is None:
            self.stdout.write("No outside engine is set: there is nothing to push.")
            return
        try:
            report = sync(outside)
        except OutsideFault as fault:
            raise CommandError(f"The outside search engine takes nothing, changes wait: {fault}") from fault
        self.stdout.write(f"{report.pushed} changes pushed, {backlog()['waiting']} wait")
        if report.refused:
            raise CommandError(f"{report.refused} changes were refused; the log says why.")
