"""Work in two processes: what each gives arrives, none outlives the one that waits for it."""

import os
import signal
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BEGIN = "from search.processes import WorkFailed, results_of\n"
ALL = """
print(sorted(results_of(lambda part: (10 * part + number for number in range(3)), [1, 2])))
"""
FAILING = """
def work(part):
    yield part
    while part == 1:
        yield part
    raise ValueError("no reason")

try:
    for found in results_of(work, [1, 2]):
        pass
except WorkFailed as failed:
    print(failed)
"""
ENDLESS = """
def work(part):
    while True:
        yield part

for found in results_of(work, [1, 2]):
    print(found, flush=True)
"""


def begin(script):
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "portal.settings.test", "PYTHONPATH": str(ROOT)}
    options = {"cwd": ROOT, "env": environment, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    return subprocess.Popen([sys.executable, "-c", BEGIN + script], **options)


def test_what_each_gives_arrives():
    assert begin(ALL).communicate(timeout=60)[0] == "[10, 11, 12, 20, 21, 22]\n"


def test_one_that_fails_says_why_and_ends_the_others():
    output, errors = begin(FAILING).communicate(timeout=60)
    assert output == "A process ended early, with status 1.\n"
    assert errors.endswith("ValueError: no reason\n")


def test_they_end_with_the_one_that_waits_for_them():
    for reason in (signal.SIGKILL, signal.SIGTERM):
        process = begin(ENDLESS)
        assert process.stdout.readline()
        process.send_signal(reason)
        # Until the last process has closed what all of them write to.
        process.communicate(timeout=60)
