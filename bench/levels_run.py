"""Levels of 5,000 services × 40 units × 3 records: `make bench-levels`, on SQLite or on what DATABASE_URL names.

Every address is asked for through the whole stack in one process, the page cache off: by the first reader after a
publication ("uncached") and by the next one. Figures are medians, and their ratio to an empty view of the same run.
"""

import hashlib
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

from bench.database import OUT, ROOT
from bench.levels_fill import RECORDS, SERVICES, UNITS, fill

FOLDER = OUT / "levels"
ROUNDS = 5
DAY = "2019-12-31"


def main() -> None:
    """Make the database in this process where it is missing; measure in a fresh one each, so that memory is its own."""
    os.environ.update(
        DJANGO_SETTINGS_MODULE="portal.settings.dev", PORTAL_VAR_DIR=str(FOLDER), PORTAL_PAGE_CACHE="0"
    )
    engine = "postgresql" if os.environ.get("DATABASE_URL", "").startswith("postgres") else "sqlite"
    filled = hashlib.sha256((ROOT / "bench" / "levels_fill.py").read_bytes()).hexdigest()[:8]
    ready = FOLDER / f"ready-{engine}-{filled}"
    if len(sys.argv) > 1:
        _measured(sys.argv[1])
        return
    if not ready.exists():
        if engine == "sqlite":
            shutil.rmtree(FOLDER, ignore_errors=True)
        FOLDER.mkdir(parents=True, exist_ok=True)
        subprocess.run([sys.executable, "manage.py", "migrate", "--verbosity", "0"], cwd=ROOT, check=True)
        subprocess.run([sys.executable, "-m", "bench.levels_run", "fill"], cwd=ROOT, check=True)
        ready.touch()
    for part in ("pages", "csv", "xlsx", "json"):
        subprocess.run([sys.executable, "-m", "bench.levels_run", part], cwd=ROOT, check=True)


def _measured(part: str) -> None:
    import django

    django.setup()
    from django.conf import settings

    from core.garbage import settle

    settle()  # as a worker does
    settings.ALLOWED_HOSTS = ["testserver"]
    if part == "fill":
        fill()
        _vacuum()
    elif part == "pages":
        _print(measure())
    else:
        _print_export(part, export(part))


def _vacuum() -> None:
    """As PostgreSQL does by itself some minutes after so much was written."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


# --- what is measured ----------------------------------------------------------------------------------------------


def addresses() -> Iterator[tuple[str, str]]:
    """Name and path, without today's list, with which the others are compared."""
    from departments.models import Department

    unit = Department.objects.filter(name="Xã 7").get().slug
    yield "front page", "/"
    yield "list, level 3-4", "/dich-vu-cong/?level=3&level=4"
    yield "list of a unit", f"/dich-vu-cong/?unit={unit}"
    yield "list on a day", f"/dich-vu-cong/?date={DAY}"
    yield "list of a unit on a day", f"/dich-vu-cong/?unit={unit}&date={DAY}"
    yield "list of changes", f"/dich-vu-cong/?changed_since={DAY}"
    yield "table with totals", "/dich-vu-cong/?view=table"
    yield "table with totals on a day", f"/dich-vu-cong/?view=table&date={DAY}"
    yield "API, list", "/api/v1/services?level=4"
    yield "dashboard of a plan", "/ke-hoach-so-lieu/?year=2019"
    yield "dashboard on a day", "/ke-hoach-so-lieu/?year=2019&date=2019-10-15"
    yield "API, plan", "/api/v1/plans/2019"
    yield "API, dossier statistics", "/api/v1/statistics?month_from=2019-01&month_to=2019-12"


def measure() -> dict[str, Any]:
    from django.test import Client

    client = Client()
    empty = statistics.median(_clocked(lambda: client.get("/health/live")) for _round in range(50))
    began = time.perf_counter()
    client.get("/dich-vu-cong/")
    first = time.perf_counter() - began
    today = typical(client, "/dich-vu-cong/")
    pages = {"list": today, **{name: typical(client, path) for name, path in addresses()}}
    return {"empty": empty, "first": first, "today": today["uncached"], "pages": pages}


def typical(client: Any, path: str) -> dict[str, float]:
    """Median seconds of the first answer after a publication and of the next, with the queries of each."""
    uncached, next_one = [], []
    queries = 0
    for _round in range(ROUNDS):
        _publish()
        seconds, queries = _asked(client, path)
        uncached.append(seconds)
        next_one.append(_asked(client, path)[0])
    return {
        "uncached": statistics.median(uncached),
        "next": statistics.median(next_one),
        "queries": queries,
        "next_queries": _asked(client, path)[1],
    }


def _publish() -> None:
    """As a publication does once it is committed: everything that readers were shown is to be made anew."""
    from core.page_cache import touch

    touch()


def _asked(client: Any, path: str) -> tuple[float, int]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        began = time.perf_counter()
        answer = client.get(path)
        seconds = time.perf_counter() - began
        count = len(queries)
    if answer.status_code != 200:
        raise SystemExit(f"{path} answers {answer.status_code}")
    return seconds, count


def _clocked(deed: Callable[[], Any]) -> float:
    began = time.perf_counter()
    deed()
    return time.perf_counter() - began


def export(wanted: str) -> dict[str, float]:
    """Seconds, bytes and peak memory of the whole catalogue as a file, in a process that has done nothing else."""
    from django.test import Client

    client, size, began = Client(), 0, time.perf_counter()
    answer = client.get(f"/dich-vu-cong/?format={wanted}")
    for part in answer.streaming_content if answer.streaming else [answer.content]:
        size += len(part)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": time.perf_counter() - began, "megabytes": size / 2**20, "peak": peak}


def _print(found: dict[str, Any]) -> None:
    print(f"{SERVICES} services × {UNITS} units × {RECORDS} records; empty view: {found['empty'] * 1000:.2f} ms")
    print(f"the first answer of a process, which reads all records: {found['first'] * 1000:.0f} ms")
    heads = ("uncached ms", "× empty", "× today", "queries", "next ms", "queries")
    print(f"  {'':<32}" + "".join(f"{head:>12}" for head in heads))
    for name, page in found["pages"].items():
        uncached = page["uncached"]
        print(
            f"  {name:<32}{uncached * 1000:>12.0f}{uncached / found['empty']:>12.0f}{uncached / found['today']:>12.2f}"
            f"{page['queries']:>12}{page['next'] * 1000:>12.1f}{page['next_queries']:>12}"
        )
    print(json.dumps({"levels": found}, ensure_ascii=False))


def _print_export(name: str, found: dict[str, float]) -> None:
    size = f"{found['megabytes']:.1f} MB"
    print(f"  {name} of all: {found['seconds']:.1f} s, {size}; peak memory of the process {found['peak']:.0f} MB")


if __name__ == "__main__":
    main()
