"""Ask now for every address that is due, instead of waiting for the background."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from services.models import LinkCheck
from services.quality.checking import check_links


class Command(BaseCommand):
    help = "Check the addresses that services name; each at most once a day, however often this runs."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.PORTAL_LINK_CHECK:
            raise CommandError("Links are not checked: PORTAL_LINK_CHECK is 0.")
        done = check_links()
        failing = LinkCheck.objects.failing().count()
        self.stdout.write(f"checked {done.checked}, without an answer {done.faulty}, failing {failing}")
