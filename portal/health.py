"""Two questions that whatever watches the portal may ask: does the process answer, and can it serve readers."""

import datetime
import logging
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_tasks_db.models import DBTaskResult

from core.page_cache import read_version
from search.engines import answering, engine, outside_engine
from search.engines.base import Asked, Filters
from search.outbox import backlog

#: a task that waits longer than this has no worker
WORKER_LATE = datetime.timedelta(minutes=10)

logger = logging.getLogger(__name__)


@never_cache
@require_safe
def live(request: HttpRequest) -> JsonResponse:
    """The process answers; nothing else is looked at, so a database that is away restarts nobody."""
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """200 where every check passes, 503 otherwise. What went wrong in detail is in the log, not in the answer."""
    checks = {name: _run(name, check) for name, check in CHECKS.items()}
    passed = all(check["ok"] for check in checks.values())
    return JsonResponse({"status": "ok" if passed else "failed", "checks": checks}, status=200 if passed else 503)


def _run(name: str, check: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    try:
        return {"ok": True, **check()}
    except Exception:
        logger.exception("The check of %s failed", name)
        return {"ok": False}


def _database() -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return {}


def _page_cache() -> dict[str, Any]:
    """The number that pages are kept under can be read: without it no page is served at all."""
    return {"version": read_version()}


def _search() -> dict[str, Any]:
    """The engine takes a question. An installation without an engine says so and serves everything else.

    An outside engine that is away makes nothing fail: the database answers. What it has still to be told is counted.
    """
    current = engine()
    if current.is_available:
        current.candidates(Asked(("thu",), ("thu",)), Filters(locale_id=0), limit=1)
    return {
        "available": current.is_available,
        "engine": answering(),
        **({"outbox": backlog()} if outside_engine() else {}),
    }


def _worker() -> dict[str, Any]:
    """How long the task that is due longest has waited, in seconds."""
    now = timezone.now()
    waiting = [
        # Tasks that were not put off have the end of time as the moment to run after.
        max(enqueued, run_after) if run_after <= now else enqueued
        for enqueued, run_after in DBTaskResult.objects.ready().values_list("enqueued_at", "run_after")[:1000]
    ]
    age = now - min(waiting, default=now)
    return {"ok": age <= WORKER_LATE, "waiting": len(waiting), "oldest_seconds": round(age.total_seconds())}


CHECKS = {"database": _database, "page_cache": _page_cache, "search": _search, "worker": _worker}
