"""Background work of the core: publish what is due, forget what was done."""

import datetime

from django.core.management import call_command
from django_tasks import task

from core.due import register_job

#: days that finished and failed tasks can be looked at
KEEP_FINISHED, KEEP_FAILED = 1, 30


@task(backend="db")
def publish_due() -> None:
    """Publish pages whose day has come and take down those that have expired."""
    call_command("publish_scheduled")


@task(backend="db")
def forget_finished_tasks() -> None:
    """Delete results of tasks; they are a log, nothing reads them but `core.due`."""
    call_command(
        "prune_db_task_results",
        "--backend=db",
        "--queue-name=*",
        f"--min-age-days={KEEP_FINISHED}",
        f"--failed-min-age-days={KEEP_FAILED}",
        verbosity=0,
    )


register_job(publish_due, every=datetime.timedelta(minutes=1))
register_job(forget_finished_tasks, every=datetime.timedelta(days=1))
