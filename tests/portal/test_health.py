import datetime
import json

import pytest
from django.core.management import call_command
from django.db import DatabaseError
from django.test import RequestFactory
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from core.tasks import publish_due
from portal import health


def ask(view=health.ready, method="get"):
    response = getattr(RequestFactory(), method)("/health/")
    return view(response)


def body(response) -> dict:
    return json.loads(response.content)


def let_wait(minutes: int) -> None:
    publish_due.enqueue()
    DBTaskResult.objects.update(enqueued_at=timezone.now() - datetime.timedelta(minutes=minutes))


def test_live_answers_without_the_database():
    assert ask(health.live).status_code == 200


@pytest.mark.django_db
def test_ready_answers_with_every_check():
    response = ask()
    assert response.status_code == 200
    assert {name for name, check in body(response)["checks"].items() if check["ok"]} == set(health.CHECKS)


@pytest.mark.django_db
def test_no_answer_is_kept_by_a_cache():
    assert "no-store" in ask().headers["Cache-Control"]


@pytest.mark.django_db
def test_ready_refuses_to_be_posted_to():
    assert ask(method="post").status_code == 405


@pytest.mark.django_db
def test_ready_tolerates_a_task_that_has_just_been_queued():
    let_wait(minutes=1)
    assert ask().status_code == 200


@pytest.mark.django_db
def test_ready_fails_when_a_task_finds_no_worker():
    let_wait(minutes=11)
    response = ask()
    assert response.status_code == 503
    assert body(response)["checks"]["worker"] == {"ok": False, "waiting": 1, "oldest_seconds": 660}


@pytest.mark.django_db
def test_ready_is_well_again_after_the_worker(run_queued_tasks):
    let_wait(minutes=11)
    run_queued_tasks()
    assert ask().status_code == 200


@pytest.mark.django_db
def test_a_task_that_is_put_off_does_not_count_as_waiting():
    publish_due.using(run_after=timezone.now() + datetime.timedelta(hours=1)).enqueue()
    DBTaskResult.objects.update(enqueued_at=timezone.now() - datetime.timedelta(days=1))
    assert body(ask())["checks"]["worker"]["waiting"] == 0


@pytest.mark.django_db
def test_ready_says_what_fails_but_not_why(monkeypatch):
    def broken():
        raise DatabaseError("password of the portal")

    monkeypatch.setitem(health.CHECKS, "page_cache", broken)
    response = ask()
    assert response.status_code == 503
    assert body(response)["checks"]["page_cache"] == {"ok": False}
    assert b"password" not in response.content


@pytest.mark.django_db
def test_a_check_without_its_tables_fails_alone(monkeypatch):
    monkeypatch.setattr(health, "engine", lambda: (_ for _ in ()).throw(RuntimeError("gone")))
    failed = {name for name, check in body(ask())["checks"].items() if not check["ok"]}
    assert failed == {"search"}


@pytest.mark.django_db
def test_the_scheduler_leaves_the_portal_ready():
    call_command("run_scheduler", "--once")
    assert ask().status_code == 200
