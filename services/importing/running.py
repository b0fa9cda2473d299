"""An import from beginning to end: rows in batches, compared or written, told to a report."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from services.importing.applying import apply_batch, record_maturity
from services.importing.columns import COLUMNS, IGNORED
from services.importing.difference import Portal, compare
from services.importing.formats import Format, in_columns
from services.importing.reading import read_rows
from services.importing.record import Record, read_record
from services.importing.report import Report
from services.tables.problems import Problem

BATCH = 250  # rows a transaction
_KNOWN = IGNORED | {column.name for column in COLUMNS}

Tell = Callable[[int], None]


class RowsRefused(Exception):
    """A strict import met rows that it cannot take; nothing is written."""


@dataclass(frozen=True, slots=True)
class Answerable:
    """Who answers for an import, and why its pages go live without the approval of their units.

    PermissionDenied for anybody but a superuser, and without a reason.
    """

    user: Any
    reason: str

    def __post_init__(self) -> None:
        if not self.user.is_superuser:
            message = _("%(user)s may not import: what is imported goes live without approval, so a superuser does it.")
            raise PermissionDenied(message % {"user": self.user.get_username()})
        if not self.reason.strip():
            raise PermissionDenied(_("Say with --reason TEXT why the pages go live without approval."))


@dataclass(frozen=True, slots=True)
class File:
    """What is imported, and the form that its records are to be read as."""

    path: Path
    form: Format = Format.AUTO


def survey(file: File, portal: Portal, report: Report, tell: Tell) -> None:
    """Compare the whole file with the portal."""
    for records in _batches(file, report, tell):
        for change in compare(records, portal):
            change.maturity_reason = record_maturity(change, portal)
            report.add(change)


def write(file: File, portal: Portal, report: Report, tell: Tell, by: Answerable) -> None:
    """Write the file, a transaction a batch; what was written before a kill stays whole and is not written again."""
    for records in _batches(file, report, tell):
        for change in apply_batch(records, portal, by.user, by.reason):
            report.add(change)


def write_all_or_nothing(file: File, portal: Portal, report: Report, tell: Tell, by: Answerable) -> None:
    """Write the file in one transaction; RowsRefused where a row is not taken."""
    with transaction.atomic():
        write(file, portal, report, tell, by)
        if report.refused:
            raise RowsRefused


def _batches(file: File, report: Report, tell: Tell) -> Iterator[list[Record]]:
    records = read_records(file, report)
    while batch := list(islice(records, BATCH)):
        yield batch
        tell(report.rows)


def read_records(file: File, report: Report) -> Iterator[Record]:
    """Rows that can be imported; the others go to the report, and of a code that stands twice the first is taken."""
    lines: dict[str, int] = {}
    for given in read_rows(file.path):
        row = in_columns(given, file.form)
        record, problems = read_record(row)
        unread = {name for name in row.values if name not in _KNOWN} | (record.unread if record else row.unread)
        report.unknown_columns.update(name[:80] for name in unread)
        if record is None:
            report.refuse(problems, row.values.get("code"))
        elif record.code in lines:
            reason = _("procedure %(code)s is on line %(line)d already")
            problem = Problem(row.line, "code", reason % {"code": record.code, "line": lines[record.code]})
            report.refuse([problem], record.code)
        else:
            lines[record.code] = record.line
            yield record
