"""Questions and chosen hits, counted by day from the log that `search.question_log` writes.

Counts and the place in the log are written in one transaction, so a line is counted once, however often and by however
many this is run. A file that was counted goes aside after its day and is overwritten by the next one.
"""

import datetime
import hashlib
import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.db import transaction
from django_tasks import task
from wagtail.models import Locale

from core.due import register_job
from core.page_cache import today
from core.text import fold
from search.models import CountedLog, HitCount, QueryCount, SearchEntry

KEPT = 90  # days
LARGEST = 5 * 1024 * 1024  # bytes of a log before it goes aside
LINES_AT_ONCE = 5000
#: of one page for one question and day; somebody who posts choices by the thousand moves nothing far
MOST_CHOSEN = 50
FORGOTTEN_AFTER = 200  # days that the place in a file is known: by then its lines are too old to be counted


@dataclass(slots=True)
class Tally:
    """What some lines of the log say: by (day, language, folded question), and by (day, folded question, page)."""

    asked: Counter[tuple[datetime.date, str, str]] = field(default_factory=Counter)
    empty: Counter[tuple[datetime.date, str, str]] = field(default_factory=Counter)
    typed: dict[tuple[datetime.date, str, str], str] = field(default_factory=dict)
    chosen: Counter[tuple[datetime.date, str, int]] = field(default_factory=Counter)
    unreadable: int = 0

    def add(self, line: bytes) -> None:
        try:
            said = json.loads(line)
            day, text = datetime.date.fromisoformat(said["day"]), str(said["asked"])
            folded = fold(text)[:255]
            if not folded or not today() - datetime.timedelta(KEPT) <= day <= today():
                return
            if "chosen" in said:
                self.chosen[day, folded, int(said["chosen"])] += 1
                return
            key = (day, str(said["language"]), folded)
            self.asked[key] += 1
            self.empty[key] += not int(said["found"])
            self.typed.setdefault(key, text[:255])
        except (ValueError, KeyError, TypeError):
            self.unreadable += 1


@dataclass(slots=True)
class Counted:
    """What one run did: questions, choices, lines that are no lines of this log, rows that were too old."""

    questions: int = 0
    choices: int = 0
    unreadable: int = 0
    forgotten: int = 0


def count_log(log: Path | None = None) -> Counted:
    """Count what is new in the log and in the one that went aside before it, and forget what is too old."""
    log = log or Path(settings.PORTAL_SEARCH_LOG)
    counted = Counted()
    for file in (_aside(log), log):
        _count_file(file, counted)
    _put_aside(log)
    counted.forgotten = forget()
    return counted


def _aside(log: Path) -> Path:
    return log.with_name(f"{log.name}.1")


def _count_file(path: Path, counted: Counted) -> None:
    """Lines after the known place; one that is not written to its end waits for the next run."""
    if not path.exists():
        return
    with path.open("rb") as file:
        first = file.readline()
        if not first.endswith(b"\n"):
            return
        name = hashlib.sha256(first).hexdigest()
        while _count_part(file, name, counted):
            pass


@transaction.atomic
def _count_part(file: BinaryIO, name: str, counted: Counted) -> bool:
    """Count some lines; whether there were any."""
    CountedLog.objects.get_or_create(first_line=name)
    place = CountedLog.objects.select_for_update().get(first_line=name)
    file.seek(place.position)
    lines = [line for line in islice(file, LINES_AT_ONCE) if line.endswith(b"\n")]
    if not lines:
        return False
    tally = Tally()
    for line in lines:
        tally.add(line)
    _add_questions(tally)
    counted.choices += _add_choices(tally.chosen)
    counted.questions += tally.asked.total()
    counted.unreadable += tally.unreadable
    place.position += sum(map(len, lines))
    place.save()
    return True


def _add_questions(tally: Tally) -> None:
    locales = dict(Locale.objects.values_list("language_code", "pk"))
    known = {key: locales[key[1]] for key in tally.asked if key[1] in locales}
    stored = _stored(QueryCount, ((day, folded) for day, _language, folded in known))
    rows = {(row.day, row.locale_id, row.folded): row for row in stored}
    new = []
    for key, locale_id in known.items():
        day, _language, folded = key
        row = rows.get((day, locale_id, folded))
        if row is None:
            row = QueryCount(day=day, locale_id=locale_id, folded=folded, typed=tally.typed[key])
            new.append(row)
        row.asked += tally.asked[key]
        row.empty += tally.empty[key]
    _write(QueryCount, new, rows.values(), ["asked", "empty"])


def _add_choices(chosen: Mapping[tuple[datetime.date, str, int], int]) -> int:
    """Choices of pages that search knows; how many were counted is returned."""
    pages = set(SearchEntry.objects.filter(pk__in={key[2] for key in chosen}).values_list("pk", flat=True))
    known = {key: number for key, number in chosen.items() if key[2] in pages}
    stored = _stored(HitCount, ((day, folded) for day, folded, _page in known))
    rows = {(row.day, row.folded, row.page_id): row for row in stored}
    new, before = [], sum(row.chosen for row in rows.values())
    for key, number in known.items():
        row = rows.get(key)
        if row is None:
            row = HitCount(day=key[0], folded=key[1], page_id=key[2])
            new.append(row)
        row.chosen = min(row.chosen + number, MOST_CHOSEN)
    _write(HitCount, new, rows.values(), ["chosen"])
    return sum(row.chosen for row in (*new, *rows.values())) - before


def _stored(model: Any, asked: Iterable[tuple[datetime.date, str]]) -> Iterator[Any]:
    """Rows of these days and questions."""
    by_day: dict[datetime.date, set[str]] = {}
    for day, folded in asked:
        by_day.setdefault(day, set()).add(folded)
    for day, questions in by_day.items():
        listed = sorted(questions)
        for start in range(0, len(listed), 500):
            yield from model.objects.filter(day=day, folded__in=listed[start : start + 500])


def _write(model: Any, new: list[Any], stored: Iterable[Any], fields: list[str]) -> None:
    model.objects.bulk_create(new, batch_size=500)
    model.objects.bulk_update(stored, fields, batch_size=200)


def _put_aside(log: Path) -> None:
    """A log of an earlier day, or a large one, goes aside: words as typed are kept a day or two, then only counts.

    Servers open their log anew when it is gone; what one writes meanwhile into the old one is counted next time.
    """
    if not log.exists():
        return
    with log.open("rb") as file:
        first = file.readline()
    if first.endswith(b"\n") and (today().isoformat().encode() not in first or log.stat().st_size > LARGEST):
        os.replace(log, _aside(log))


def forget() -> int:
    """Delete counts older than 90 days; the number of rows is returned."""
    oldest = today() - datetime.timedelta(KEPT)
    number = sum(model.objects.filter(day__lt=oldest).delete()[0] for model in (QueryCount, HitCount))
    CountedLog.objects.filter(counted_at__date__lt=today() - datetime.timedelta(FORGOTTEN_AFTER)).delete()
    return number


@task(backend="db")
def count_searches() -> None:
    count_log()


register_job(count_searches, every=datetime.timedelta(hours=1))
