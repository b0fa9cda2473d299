"""Background work on services: addresses are asked whether they answer, saved look-ups are mailed."""

import datetime

from django.conf import settings
from django_tasks import task

from core.due import register_job
from services.levels import monthly
from services.quality import checking

#: seconds that one run takes of the worker, so that other work gets its turn
SECONDS = 20


@task(backend="db")
def check_links() -> None:
    """Ask for some of the addresses that are due; the next run goes on."""
    checking.check_links(seconds=SECONDS)


@task(backend="db")
def send_lookups() -> None:
    """Write down the e-mails of the month and send what waits."""
    monthly.prepare()
    monthly.send_waiting()


if settings.PORTAL_LINK_CHECK:
    register_job(check_links, every=datetime.timedelta(minutes=5))
register_job(send_lookups, every=datetime.timedelta(minutes=10))
