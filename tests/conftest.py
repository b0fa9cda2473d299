"""What every test shares: compiled interface strings, queued tasks that run, servers where they are there."""

import sqlite3
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.utils.translation.reloader import translation_file_changed

from core.management.commands.compile_messages import compile_catalogues
from core.page_cache import forget
from tests import servers
from tests.servers import chromium_path, elasticsearch_url, postgresql_url, secured_url  # noqa: F401 - fixtures
from tests.worker import task_worker

ROOT = Path(__file__).resolve().parents[1]


def pytest_configure(config: pytest.Config) -> None:
    for folder in ("locale", "locale/admin"):
        for target in compile_catalogues(ROOT / folder):
            translation_file_changed(None, target)  # some package's models ask for a text while they are loaded


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if unknown := servers.REQUIRED.difference(servers.FOUND):
        raise pytest.UsageError(f"REQUIRE names what is not known: {', '.join(sorted(unknown))}")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("browser"):
        servers.needed("chromium")  # before a portal is started in vain


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    reasons = [str(report.longrepr) for report in terminalreporter.stats.get("skipped", ())]
    if line := servers.summary(reasons):
        terminalreporter.write_line(line, yellow=True)


@pytest.fixture
def run_queued_tasks(db):
    """Call it to run what waits in the task queue, as the worker would; it returns the paths of the tasks run."""
    from django_tasks_db.models import DBTaskResult

    worker = task_worker("test")

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


@pytest.fixture(scope="session")
def migrated_file(django_db_setup, django_db_blocker, tmp_path_factory):
    """A file of SQLite's with what migrations alone have filled, for processes of their own: copy it, then change."""
    if connection.vendor != "sqlite":
        pytest.skip("copies the test database by SQLite's backup")
    path = tmp_path_factory.mktemp("migrated") / "portal.sqlite3"
    with django_db_blocker.unblock(), closing(sqlite3.connect(path)) as copy:
        connection.ensure_connection()
        connection.connection.backup(copy)
    return path


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
