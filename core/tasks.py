"""Background work of the core: publish what is due, read files, forget what was done."""

import datetime

from django.core.management import call_command
from django_tasks import task

from core.due import register_job
from core.file_text.extraction import State
from core.file_text.records import read_document
from core.models import PortalDocument

#: days that finished and failed tasks can be looked at
KEEP_FINISHED, KEEP_FAILED = 1, 30
#: files that one task reads, so that other work gets its turn
FILES_AT_ONCE = 20


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


@task(backend="db")
def read_file_text(pk: int) -> None:
    """Read the text of a file that is new; nothing where it is gone or read already."""
    document = PortalDocument.objects.filter(pk=pk, text_state=State.WAITING).first()
    if document is not None:
        read_document(document)


@task(backend="db")
def read_missed_files() -> None:
    """Read files that came past the models or whose task was lost."""
    for document in PortalDocument.objects.filter(text_state=State.WAITING).order_by("pk")[:FILES_AT_ONCE]:
        read_document(document)


register_job(publish_due, every=datetime.timedelta(minutes=1))
register_job(read_missed_files, every=datetime.timedelta(minutes=5))
register_job(forget_finished_tasks, every=datetime.timedelta(days=1))
