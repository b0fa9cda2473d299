"""Background work of the review: reminders, and the e-mails that wait."""

import datetime

from django_tasks import task

from core.due import register_job
from editorial.mailing import send_waiting
from editorial.reminders import remind


@task(backend="db")
def remind_of_deadlines() -> None:
    """Write down what is due today, and hand on what is overdue."""
    remind()


@task(backend="db")
def send_notices() -> None:
    """Send the e-mails that wait."""
    send_waiting()


register_job(remind_of_deadlines, every=datetime.timedelta(minutes=15))
register_job(send_notices, every=datetime.timedelta(minutes=1))
