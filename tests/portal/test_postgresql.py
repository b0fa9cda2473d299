"""The portal on PostgreSQL, in processes of their own: the rest of the suite runs on SQLite."""

import os
import subprocess
import sys
import uuid

import psycopg
import pytest

from tests.architecture.source import ROOT

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
    """Runs manage.py on a new, empty database, which is dropped at the end."""
    name = f"portal_test_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(postgresql_url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "portal.settings.dev",
        "PORTAL_VAR_DIR": str(tmp_path_factory.mktemp("var")),
        "DATABASE_URL": postgresql_url.rpartition("/")[0] + f"/{name}",
    }

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True)

    yield run
    with psycopg.connect(postgresql_url, autocommit=True) as server:
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


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
