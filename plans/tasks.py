"""Background work of plans: reminders to report."""

import datetime

from django_tasks import task

from core.due import register_job
from plans.reminding import remind, send_waiting


@task(backend="db")
def remind_of_reports() -> None:
    """Write down who is reminded today, and send what waits."""
    remind()
    send_waiting()


register_job(remind_of_reports, every=datetime.timedelta(minutes=15))
