"""Read the text of files now, without waiting for the worker."""

from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from core.file_text.extraction import State
from core.file_text.records import read_document
from core.models import PortalDocument


class Command(BaseCommand):
    help = "Read the text of the files that wait for it, so that search finds them by it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--all", action="store_true", help="read every file anew, not only those that wait")

    def handle(self, *args: Any, **options: Any) -> None:
        documents = PortalDocument.objects.order_by("pk")
        if not options["all"]:
            documents = documents.filter(text_state=State.WAITING)
        results = Counter(read_document(document) for document in documents.iterator(chunk_size=100))
        for state in State:
            if results[state]:
                self.stdout.write(f"{results[state]} {state.value}")
        self.stdout.write(f"{sum(results.values())} files read")
