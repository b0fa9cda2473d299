"""Production starts only with settings that are safe. Each try is a process of its own: settings are read once."""

import os
import subprocess
import sys

import pytest

from tests.architecture.source import ROOT

KEY = "a-random-text-that-is-long-enough-for-production-0123456789"
SAFE = {"SECRET_KEY": KEY, "ALLOWED_HOSTS": "portal.example.vn"}


def start(folder, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "portal.settings.production",
        "PORTAL_VAR_DIR": str(folder),
        **variables,
    }
    read_settings = ["-c", "from django.conf import settings; settings.DEBUG"]
    command = [sys.executable, *(["manage.py", *arguments] if arguments else read_settings)]
    return subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True)


def test_production_starts_with_a_key_and_a_host(tmp_path):
    assert start(tmp_path, **SAFE).returncode == 0


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY"),
        ({"DEBUG": "1"}, "DEBUG"),
        ({"DEBUG": "perhaps"}, "DEBUG"),
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS"),
        ({"ALLOWED_HOSTS": "portal.example.vn, *"}, "ALLOWED_HOSTS"),
        ({"DATABASE_URL": "mysql://localhost/portal"}, "DATABASE_URL"),
    ],
)
def test_production_refuses_to_start_and_names_the_setting(tmp_path, changes, named):
    run = start(tmp_path, **{**SAFE, **changes})
    assert run.returncode != 0
    assert named in run.stderr.splitlines()[-1]


def test_a_refusal_does_not_print_the_key(tmp_path):
    run = start(tmp_path, **{**SAFE, "DEBUG": "1"})
    assert KEY not in run.stderr + run.stdout


def test_production_passes_the_checks_for_deployment(tmp_path):
    run = start(tmp_path, "check", "--deploy", "--fail-level", "ERROR", **SAFE)
    assert run.returncode == 0, run.stderr


def test_production_refuses_the_demo(tmp_path):
    run = start(tmp_path, "load_demo", **SAFE)
    assert run.returncode != 0
    assert "demo" in run.stderr.splitlines()[-1]


def test_commands_work_with_no_environment_set(tmp_path):
    environment = {"PATH": os.environ["PATH"], "PORTAL_VAR_DIR": str(tmp_path)}
    command = [sys.executable, "manage.py", "check"]
    run = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
