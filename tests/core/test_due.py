import datetime
import os
import signal
import subprocess
import sys
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from wagtail.models import Page, Site

from tests.architecture.source import ROOT

PUBLISH, FORGET = "core.tasks.publish_due", "core.tasks.forget_finished_tasks"

pytestmark = pytest.mark.django_db


def look() -> list[str]:
    said = StringIO()
    call_command("run_scheduler", "--once", stdout=said)
    return [
        line.removeprefix("queued ") for line in said.getvalue().splitlines() if line.split()[-1] in {PUBLISH, FORGET}
    ]


def age(path: str, **how_long: float) -> None:
    moment = timezone.now() - datetime.timedelta(**how_long)
    DBTaskResult.objects.filter(task_path=path).update(enqueued_at=moment, started_at=moment, finished_at=moment)


def test_the_first_look_queues_every_job():
    assert set(look()) == {PUBLISH, FORGET}


def test_a_second_scheduler_queues_nothing_twice():
    look()
    assert look() == []


def test_a_job_that_still_waits_is_not_queued_again_however_long_the_worker_is_away():
    look()
    age(PUBLISH, days=3)
    assert PUBLISH not in look()


def test_a_minute_later_publishing_is_due_again(run_queued_tasks):
    look()
    run_queued_tasks()
    age(PUBLISH, minutes=1)
    assert look() == [PUBLISH]


def test_a_day_later_cleaning_up_is_due_again(run_queued_tasks):
    look()
    run_queued_tasks()
    age(FORGET, days=1)
    assert FORGET in look()


def test_a_job_that_runs_is_not_queued_beside_itself():
    look()
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING)
    age(PUBLISH, minutes=30)
    assert PUBLISH not in look()


def test_a_job_of_a_worker_that_was_killed_does_not_block_for_ever():
    look()
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING)
    age(PUBLISH, hours=3)
    assert PUBLISH in look()


def test_every_queued_job_succeeds(run_queued_tasks):
    look()
    run_queued_tasks()
    assert set(DBTaskResult.objects.values_list("status", flat=True)) == {TaskResultStatus.SUCCESSFUL}


def test_a_page_whose_last_day_is_over_is_taken_down(run_queued_tasks):
    page = Site.objects.get(is_default_site=True).root_page.add_child(instance=Page(title="Cũ", slug="cu"))
    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() - datetime.timedelta(minutes=1))
    look()
    run_queued_tasks()
    assert not Page.objects.get(pk=page.pk).live


def test_results_are_forgotten_after_a_day(run_queued_tasks):
    look()
    run_queued_tasks()
    age(PUBLISH, days=2)
    age(FORGET, days=1)
    look()
    run_queued_tasks()
    assert DBTaskResult.objects.filter(task_path=PUBLISH).count() == 1


def test_the_scheduler_outlives_a_database_without_tables_and_ends_when_asked(tmp_path):
    environment = {**os.environ, "PORTAL_VAR_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "portal.settings.dev"}
    command = [sys.executable, "manage.py", "run_scheduler", "--interval", "0.2"]
    with subprocess.Popen(command, env=environment, cwd=ROOT, stderr=subprocess.PIPE, text=True) as process:
        try:
            complaints = (line for line in process.stderr or () if "could not reach the database" in line)
            assert next(complaints, None)
            assert next(complaints, None), "it gave up after the first try"
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=20)
        finally:
            process.kill()
    assert process.returncode == 0
