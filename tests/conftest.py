"""What every test shares: compiled interface strings, queued tasks that run, and a browser that is there."""

import os
import shutil
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection, transaction

from core.management.commands.compile_messages import compile_catalogues
from tests.readers import forget

ROOT = Path(__file__).resolve().parents[1]
IN_CI = os.environ.get("CI", "").lower() in {"1", "true"}
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


def pytest_configure(config: pytest.Config) -> None:
    for folder in ("locale", "locale/admin"):
        compile_catalogues(ROOT / folder)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if CHROMIUM:
        return
    browser_items = [item for item in items if item.get_closest_marker("browser")]
    if browser_items and IN_CI:
        raise pytest.UsageError("Chromium is not installed: the browser tests cannot be left out here.")
    for item in browser_items:
        item.add_marker(pytest.mark.skip(reason="Chromium is not installed (Debian: apt-get install chromium)"))


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The browser that journeys drive; Debian's, not one that a package brings."""
    return CHROMIUM or ""


@pytest.fixture
def run_queued_tasks(db):
    """Call it to run what waits in the task queue, as the worker would; it returns the paths of the tasks run."""
    from django_tasks_db.management.commands.db_worker import Worker
    from django_tasks_db.models import DBTaskResult

    worker = Worker(
        queue_names=["*"],
        excluded_queue_names=[],
        interval=0,
        batch=True,
        backend_name="db",
        startup_delay=False,
        max_tasks=None,
        worker_id="test",
    )

    def run() -> list[str]:
        paths = []
        while (waiting := DBTaskResult.objects.ready().first()) is not None:
            waiting.claim(worker.worker_id)
            worker.run_task(waiting)
            paths.append(waiting.task_path)
        return paths

    return run


@pytest.fixture(autouse=True)
def nothing_remembered():
    """Every test's first reader comes to a worker that has just started."""
    forget()


@pytest.fixture(scope="module")
def rolled_back(django_db_setup, django_db_blocker):
    """What a module makes is gone after it; within it, each test takes back what it made itself."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def committed(db):
    """`with committed():` a change whose transaction is committed at the end of the block."""

    @contextmanager
    def commit():
        waiting, connection.run_on_commit = connection.run_on_commit, []
        try:
            yield
            while connection.run_on_commit:
                _savepoints, function, _robust = connection.run_on_commit.pop(0)
                function()
        finally:
            connection.run_on_commit = waiting

    return commit
