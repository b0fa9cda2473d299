"""Imports of many rows in a process of their own: killed in the middle, and the real records."""

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.hashers import make_password

from services.importing.running import BATCH
from tests.services.fixtures.import_records import jsonl, record

ROOT = Path(__file__).resolve().parents[2]
REAL = ROOT.parent / "shared" / "data" / "procedures.jsonl.gz"
ROWS = 900


@pytest.fixture(scope="module")
def import_database(migrated_file, tmp_path_factory):
    """A file with what migrations alone have filled, and an administrator."""
    path = tmp_path_factory.mktemp("import") / "migrated.sqlite3"
    path.write_bytes(migrated_file.read_bytes())
    with sqlite3.connect(path) as copy:
        copy.execute(
            "INSERT INTO core_user (username, password, is_superuser, is_staff, is_active, first_name, last_name,"
            " email, date_joined) VALUES ('importer', ?, 1, 1, 1, '', '', '', '2025-01-01')",
            [make_password(None)],
        )
    return path


@pytest.fixture
def import_copy(import_database, tmp_path):
    """`import_copy(name)`: a database of its own."""

    def copy(name):
        path = tmp_path / name
        path.write_bytes(import_database.read_bytes())
        return path

    return copy


@pytest.fixture(scope="module")
def national_records(import_database, tmp_path_factory):
    """A database with the national records, which tests leave as it is."""
    path = tmp_path_factory.mktemp("national") / "real.sqlite3"
    path.write_bytes(import_database.read_bytes())
    _finish(_start(path, REAL))
    return path


def _start(database: Path, file: Path) -> subprocess.Popen:
    options = ["--apply", "--user", "importer", "--reason", "Cập nhật định kỳ"]
    return _command(database, "import_services", str(file), *options)


def _command(database: Path, *arguments: str) -> subprocess.Popen:
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{database}",
        "PORTAL_VAR_DIR": str(database.parent / "var"),
        "DJANGO_SETTINGS_MODULE": settings.SETTINGS_MODULE,
        "PYTHONWARNINGS": "ignore",
    }
    return subprocess.Popen(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def _finish(process: subprocess.Popen) -> str:
    output, errors = process.communicate(timeout=300)
    assert process.returncode == 0, errors
    return output


def _state(database: Path) -> dict[str, list]:
    """What the import made, without moments and random identifiers."""
    questions = {
        "pages": "SELECT p.path, p.depth, p.numchild, p.slug, p.url_path, p.title, p.live, s.import_digest, s.steps,"
        " s.channels, s.cases, s.legal_bases FROM wagtailcore_page p"
        " LEFT JOIN services_servicepage s ON s.page_ptr_id = p.id ORDER BY p.path",
        "procedures": "SELECT p.code, f.slug FROM services_procedure p JOIN departments_field f ON f.id = p.field_id"
        " ORDER BY p.code",
        "audiences": "SELECT p.code, a.name FROM services_procedure_audiences t JOIN services_procedure p ON"
        " p.id = t.procedure_id JOIN services_audience a ON a.id = t.audience_id ORDER BY 1, 2",
        "entries": "SELECT p.path, e.title, e.version FROM search_searchentry e JOIN wagtailcore_page p ON"
        " p.id = e.page_id ORDER BY 1",
        "index": "SELECT COUNT(*) FROM wagtailsearch_indexentry",
        "references": "SELECT COUNT(*) FROM wagtailcore_referenceindex",
        "log": "SELECT COUNT(*) FROM wagtailcore_pagelogentry",
        "revisions": "SELECT COUNT(*) FROM wagtailcore_revision",
    }
    with sqlite3.connect(database) as found:
        return {name: found.execute(question).fetchall() for name, question in questions.items()}


@pytest.mark.django_db
def test_an_import_killed_in_the_middle_and_run_again_ends_like_one_undisturbed(import_copy, tmp_path):
    rows = [
        record(
            f"1.{at:06d}",
            field=f"Lĩnh vực {at % 7}",
            name=f"Cấp giấy số {at % 400}",
            result="" if at % 9 == 0 else "Có",
        )
        for at in range(1, ROWS + 1)
    ]
    file = jsonl(tmp_path / "many.jsonl", *rows)
    undisturbed, killed = import_copy("undisturbed.sqlite3"), import_copy("killed.sqlite3")
    _finish(_start(undisturbed, file))

    process = _start(killed, file)
    next(line for line in process.stderr if "500" in line)  # progress: the first batches are written
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    (pages,) = sqlite3.connect(killed).execute("SELECT COUNT(*) FROM services_servicepage").fetchone()
    assert 0 < pages < ROWS
    assert pages % BATCH == 0

    _finish(_start(killed, file))
    assert _state(killed) == _state(undisturbed)


@pytest.mark.django_db
@pytest.mark.skipif(not REAL.exists(), reason=f"the national records are not here: {REAL}")
def test_the_national_records_go_in_and_a_second_time_change_nothing(import_copy):
    database = import_copy("real.sqlite3")
    _finish(_start(database, REAL))
    first = _state(database)
    with sqlite3.connect(database) as found:
        counts = dict(
            found.execute(
                "SELECT p.live, COUNT(*) FROM wagtailcore_page p JOIN services_servicepage s ON s.page_ptr_id = p.id"
                " GROUP BY 1"
            ).fetchall()
        )
        levels = found.execute("SELECT COUNT(*) FROM services_maturityrecord").fetchone()
    assert sum(counts.values()) == 2917
    assert 2450 <= counts[1] <= 2600
    assert levels == (0,)
    assert first["revisions"] == [(0,)]
    _finish(_start(database, REAL))
    assert _state(database) == first


@pytest.mark.django_db
@pytest.mark.skipif(not REAL.exists(), reason=f"the national records are not here: {REAL}")
@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
def test_the_national_records_are_exported_and_imported_again_without_a_change(national_records, tmp_path, form):
    before = _state(national_records)
    file = tmp_path / f"out.{form}"
    _finish(_command(national_records, "export_services", str(file), "--drafts"))
    _finish(_start(national_records, file))
    assert _state(national_records) == before
