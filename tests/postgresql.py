"""A new, empty database on a PostgreSQL server, and processes of the portal that work on it."""

import os
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests.architecture.source import ROOT

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@contextmanager
def new_database(server_url: str, var: Path) -> Iterator[Run]:
    """`run("manage.py", "migrate")` runs Python on the new database; it is dropped at the end of the block."""
    name = f"portal_test_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(server_url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "portal.settings.dev",
        "PORTAL_VAR_DIR": str(var),
        "DATABASE_URL": server_url.rpartition("/")[0] + f"/{name}",
    }

    def run(*arguments: str) -> "subprocess.CompletedProcess[str]":
        options = {"env": environment, "cwd": ROOT, "capture_output": True, "text": True, "timeout": 300}
        return subprocess.run([sys.executable, *arguments], **options)

    try:
        yield run
    finally:
        with psycopg.connect(server_url, autocommit=True) as server:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")
