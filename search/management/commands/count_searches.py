"""Count questions and chosen hits from the log; the scheduler does the same every hour."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from search.counting import count_log


class Command(BaseCommand):
    help = _("Count what readers asked and chose since the last time; forget counts older than 90 days.")

    def handle(self, *args: Any, **options: Any) -> None:
        counted = count_log()
        self.stdout.write(f"{_('questions counted')}: {counted.questions}")
        self.stdout.write(f"{_('choices counted')}: {counted.choices}")
        self.stdout.write(f"{_('old rows deleted')}: {counted.forgotten}")
        if counted.unreadable:
            self.stdout.write(f"{_('lines that could not be read')}: {counted.unreadable}")
