"""Work in two processes: what each gives arrives, none outlives the one that waits for it, turns are taken."""

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

TURNS = """
from search import processes

def say(text):
    print(text, flush=True)

def work(part):
    for number in range(8):
        with processes.one_at_a_time():
            say(f"in {part}")
            say(f"out {part}")
        yield part

processes.time.sleep = lambda seconds: say("gap")
for found in results_of(work, [1, 2]):
    pass
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


def test_one_takes_its_turn_at_a_time_and_each_fourth_is_followed_by_a_gap():
    lines = begin(TURNS).communicate(timeout=60)[0].splitlines()
    for start in range(0, len(lines), 9):
        *turns, gap = lines[start : start + 9]
        assert gap == "gap"
        assert [line.split()[0] for line in turns] == ["in", "out"] * 4
        assert [line.split()[1] for line in turns[::2]] == [line.split()[1] for line in turns[1::2]]
    assert len(lines) == 4 * 9
