from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from wagtail.models import Page

from search.comparison import Differences, compare, repair
from search.engines import outside_engine
from search.engines.outside import IndexMissing, OutsideFault
from search.outbox import rebuild_outside


class Command(BaseCommand):
    help = "Compares site, search entries and engines page by page. Exit code 1 where they differ."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--repair", action="store_true", help="mend what differs, and look again")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            found = self._compare(options["repair"])
            if found and options["repair"]:
                self._tell(found)
                repair(found)
                self.stdout.write(f"{len(found)} pages mended")
                found = self._compare(False)
        except OutsideFault as fault:
            raise CommandError(f"The outside search engine cannot be compared: {fault}") from fault
        self._tell(found)
        if found:
            raise CommandError(f"{len(found)} pages differ.")
        self.stdout.write("no difference")

    def _compare(self, may_rebuild: bool) -> Differences:
        try:
            return compare(self._progress)
        except IndexMissing as fault:
            if not may_rebuild:
                raise
            self.stdout.write(f"the outside engine is filled anew: {fault}")
            rebuild_outside(outside_engine())
            return compare(self._progress)

    def _progress(self, text: str) -> None:
        self.stderr.write(f"comparing {text} …")

    def _tell(self, found: Differences) -> None:
        titles = dict(Page.objects.filter(pk__in=found).values_list("pk", "title"))
        for page_id, texts in sorted(found.items()):
            self.stdout.write(f"{page_id} {titles.get(page_id, '(no page)')}: {'; '.join(texts)}")
