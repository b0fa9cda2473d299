"""Every entry of Wagtail's audit log as one line of JSON: a copy that is kept even where the database is changed.

A line has who did what to which page, when and why; of a person nothing but the user's id and name. What is rolled back
leaves no line.
"""

import json
import logging
from collections.abc import Iterable
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.models import ModelLogEntry, Page, PageLogEntry

from departments.models import DepartmentPage
from editorial.kinds import kind_of

logger = logging.getLogger("portal.editorial")


def mirror(entries: Iterable[PageLogEntry | ModelLogEntry]) -> None:
    """Write a line for each entry once the transaction is committed.

    Entries that are saved are mirrored by themselves; whoever writes many at once (`bulk_create`) calls it.
    """
    units = _units()
    for entry in entries:
        text = json.dumps(_line(entry, units), ensure_ascii=False)
        transaction.on_commit(partial(logger.info, "%s", text))


def _line(entry: PageLogEntry | ModelLogEntry, units: dict[str, tuple[int, str]]) -> dict[str, Any]:
    return {
        "time": timezone.localtime(entry.timestamp).isoformat(),
        "action": entry.action,
        **_subject(entry, units),
        "user": entry.user_id,
        "user_name": entry.user.get_username() if entry.user_id else "",
        "revision": entry.revision_id,
        "reason": (entry.data or {}).get("comment", ""),
    }


def _subject(entry: PageLogEntry | ModelLogEntry, units: dict[str, tuple[int, str]]) -> dict[str, Any]:
    if isinstance(entry, ModelLogEntry):
        kind = ".".join(entry.content_type.natural_key())
        return {"record": entry.object_id, "title": entry.label, "kind": kind}
    unit, name = _unit_at(entry.page.path, units)
    kind = kind_of(entry.page)
    return {"page": entry.page_id, "title": entry.label, "kind": kind, "unit": unit, "unit_name": name}


def _unit_at(path: str, units: dict[str, tuple[int, str]]) -> tuple[int | None, str]:
    """Id and name of the unit in whose section a place of the tree lies."""
    above = [path[:end] for end in range(len(path), 0, -Page.steplen)]
    return next((units[place] for place in above if place in units), (None, ""))


def _units() -> dict[str, tuple[int, str]]:
    """Id and name of the unit of each section, by the section's place in the tree."""
    rows = DepartmentPage.objects.order_by().values_list("path", "department_id", "department__name")
    return {path: (pk, name) for path, pk, name in rows}
