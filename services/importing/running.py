"""An import from beginning to end: rows in batches, compared or written, told to a report."""

from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from services.importing.applying import apply_batch, record_maturity
from services.importing.columns import COLUMNS, IGNORED
from services.importing.difference import Change, Portal, Status, compare
from services.importing.problems import Problem
from services.importing.reading import read_rows
from services.importing.record import Record, read_record
from services.importing.report import Report

BATCH = 250  # rows a transaction
_KNOWN = IGNORED | {column.name for column in COLUMNS}

Tell = Callable[[int], None]


class RowsRefused(Exception):
    """A strict import met rows that it cannot take; nothing is written."""


def survey(path: Path, portal: Portal, report: Report, tell: Tell, user=None) -> None:
    """Compare the whole file with the portal. PermissionDenied where a given user may not publish one of its pages."""
    allowed: dict[int | None, bool] = {}
    for records in _batches(path, report, tell):
        for change in compare(records, portal):
            change.maturity_reason = record_maturity(change, portal, write=False)
            if user is not None and change.writes:
                _require_right(change, portal, user, allowed)
            report.add(change)


def write(path: Path, portal: Portal, report: Report, tell: Tell, user) -> None:
    """Write the file, a transaction a batch; what was written before a kill stays whole and is not written again."""
    for records in _batches(path, report, tell):
        for change in apply_batch(records, portal, user):
            report.add(change)


def write_all_or_nothing(path: Path, portal: Portal, report: Report, tell: Tell, user) -> None:
    """Write the file in one transaction; RowsRefused where a row is not taken."""
    with transaction.atomic():
        write(path, portal, report, tell, user)
        if report.refused:
            raise RowsRefused


def _batches(path: Path, report: Report, tell: Tell) -> Iterator[list[Record]]:
    records = _records(path, report)
    while batch := list(islice(records, BATCH)):
        yield batch
        tell(report.rows)


def _records(path: Path, report: Report) -> Iterator[Record]:
    """Rows that can be imported; the others go to the report, and of a code that stands twice the first is taken."""
    lines: dict[str, int] = {}
    for row in read_rows(path):
        report.unknown_columns.update(name[:60] for name in row.values if name not in _KNOWN)
        record, problems = read_record(row)
        if record is None:
            report.refuse(problems)
        elif record.code in lines:
            reason = _("procedure %(code)s is on line %(line)d already")
            problem = Problem(row.line, "code", reason % {"code": record.code, "line": lines[record.code]})
            report.refuse([problem])
        else:
            lines[record.code] = record.line
            yield record


def _require_right(change: Change, portal: Portal, user, allowed: dict[int | None, bool]) -> None:
    section = change.section if change.status is Status.NEW else change.page.get_parent()
    key = section.pk if section else None
    if key not in allowed:
        tester = (section or portal.sections.index).permissions_for_user(user)
        allowed[key] = tester.can_publish_subpage() and (section is not None or tester.can_add_subpage())
    if not allowed[key]:
        place = section.title if section else portal.sections.index.title
        message = _("%(user)s may not publish under “%(section)s”.")
        raise PermissionDenied(message % {"user": user.get_username(), "section": place})
