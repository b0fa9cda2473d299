"""The worker of the task queue, as tests run it themselves."""

from typing import Any


def task_worker(name: str) -> Any:
    """A worker that does what it is given and does not wait for more."""
    from django_tasks_db.management.commands.db_worker import Worker

    return Worker(
        queue_names=["*"],
        excluded_queue_names=[],
        interval=0,
        batch=True,
        backend_name="db",
        startup_delay=False,
        max_tasks=None,
        worker_id=name,
    )
