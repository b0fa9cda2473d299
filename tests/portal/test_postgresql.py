"""The portal on PostgreSQL, in processes of their own: the rest of the suite runs on SQLite."""

import pytest

from tests.portal.rebuild_script import REBUILD_UNDER_WAY
from tests.postgresql import new_database

#: one page is published, raises the public number, and is taken down again
SMOKE = """
from django.test import Client
from wagtail.models import Page, Site
from core.page_cache import read_version

root = Site.objects.get(is_default_site=True).root_page
before = read_version()
page = root.add_child(instance=Page(title="Thử", slug="thu"))
assert read_version() == before + 1, "what is public changed, but not its number"
client = Client(headers={"host": "localhost"})
assert client.get("/").status_code == 200
page.unpublish()
assert client.get("/thu/").status_code == 404
ready = client.get("/health/ready")
assert ready.status_code == 200, ready.content
"""


@pytest.fixture(scope="module")
def manage(tmp_path_factory, postgresql_url):
    """Runs manage.py on a new, empty database."""
    with new_database(postgresql_url, tmp_path_factory.mktemp("var")) as run:
        yield lambda *arguments: run("manage.py", *arguments)


def test_migrations_scheduler_worker_and_pages_work_on_postgresql(manage):
    steps = [
        ("migrate", "--verbosity", "0"),
        ("migrate", "--check"),
        ("run_scheduler", "--once"),
        ("db_worker", "--backend", "db", "--queue-name", "*", "--batch", "--no-startup-delay"),
        ("shell", "--no-imports", "-c", SMOKE),
    ]
    for arguments in steps:
        run = manage(*arguments)
        assert run.returncode == 0, f"{arguments[0]}: {run.stderr[-2000:]}"


def test_a_rebuild_loses_no_publication_on_postgresql(manage):
    manage("migrate", "--verbosity", "0")
    run = manage("shell", "--no-imports", "-c", REBUILD_UNDER_WAY)
    assert run.returncode == 0, run.stderr[-2000:]
