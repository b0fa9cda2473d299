"""Background work of the catalogue: addresses that services name are asked whether they answer."""

import datetime

from django.conf import settings
from django_tasks import task

from core.due import register_job
from services.quality import checking

#: seconds that one run takes of the worker, so that other work gets its turn
SECONDS = 20


@task(backend="db")
def check_links() -> None:
    """Ask for some of the addresses that are due; the next run goes on."""
    checking.check_links(seconds=SECONDS)


if settings.PORTAL_LINK_CHECK:
    register_job(check_links, every=datetime.timedelta(minutes=5))
