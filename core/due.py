"""What is done again and again: each app registers its jobs, the scheduler hands those that are due to the worker.

Nothing is remembered but the queue itself, so a scheduler may be restarted, run twice or be away for a while.
"""

import datetime
from dataclasses import dataclass

from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult

#: a task that runs longer was left behind by a worker that was killed
ABANDONED_AFTER = datetime.timedelta(hours=2)
#: how much earlier than `every` a job may come: the scheduler does not wake to the millisecond
SLACK = datetime.timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class Job:
    """A task without arguments, safe to run twice and to miss, and how often it is wanted."""

    task: Task
    every: datetime.timedelta


_jobs: dict[str, Job] = {}


def register_job(task: Task, *, every: datetime.timedelta) -> None:
    _jobs[task.module_path] = Job(task=task, every=every)


def enqueue_due() -> list[str]:
    """Queue each job that is due and neither waits nor runs; return the paths of their tasks."""
    due = [path for path, job in _jobs.items() if is_due(job)]
    for path in due:
        _jobs[path].task.enqueue()
    return due


def is_due(job: Job) -> bool:
    now = timezone.now()
    results = DBTaskResult.objects.filter(task_path=job.task.module_path, backend_name=job.task.backend)
    if results.filter(status=TaskResultStatus.READY).exists():
        return False
    if results.filter(status=TaskResultStatus.RUNNING, started_at__gt=now - ABANDONED_AFTER).exists():
        return False
    return not results.filter(enqueued_at__gt=now - job.every + SLACK).exists()
