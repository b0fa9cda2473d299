"""A comparison in words, for the command and for the admin."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from core.templatetags.portal import vn_number
from departments.models import Department, Field
from services.dossiers.comparing import Comparison
from services.dossiers.header import HEADER
from services.dossiers.stored import Key
from services.models.dossiers import COUNTS
from services.models.procedures import Procedure
from services.tables.problems import Problem

#: changes of each kind that are told one by one, unless all are asked for
SHOWN = 50


@dataclass(frozen=True, slots=True)
class ToldChange:
    """One figure that is new or corrected: what it is about, and each number that changes as “old → new”."""

    line: int
    month: str
    unit: str
    subject: str
    is_new: bool
    numbers: tuple[str, ...]


def place_of(problem: Problem) -> str:
    """Where a problem is: “line 3, column Đơn vị”."""
    if not problem.column:
        return _("line %(line)d") % {"line": problem.line}
    return _("line %(line)d, column %(column)s") % {"line": problem.line, "column": HEADER.title(problem.column)}


def changes(found: Comparison, limit: int | None = SHOWN) -> list[ToldChange]:
    """New figures and corrections, at most `limit` of each kind."""
    keys = [*found.new[:limit], *list(found.changed)[:limit]]
    units = {unit.pk: unit.label for unit in Department.objects.filter(pk__in={key[0] for key in keys})}
    fields = Field.objects.in_bulk({key[3] for key in keys})
    codes = dict(Procedure.objects.filter(pk__in={key[2] for key in keys}).values_list("pk", "code"))
    return [_told(found, key, units[key[0]], codes.get(key[2]) or fields[key[3]].local_name) for key in keys]


def _told(found: Comparison, key: Key, unit: str, subject: str) -> ToldChange:
    stated, old = found.stated[key], found.changed.get(key)
    numbers = []
    for name, now, before in zip(COUNTS, stated.counts, old.counts if old else stated.counts, strict=True):
        if old is None or now != before:
            shown = vn_number(now) if old is None else f"{vn_number(before)} → {vn_number(now)}"
            numbers.append(f"{HEADER.title(name)}: {shown}")
    return ToldChange(stated.line, f"{stated.month:%m/%Y}", unit, subject, old is None, tuple(numbers))


def counts(found: Comparison) -> list[tuple[int, str]]:
    """How many rows of each kind."""
    return [
        (len(found.new), _("new")),
        (len(found.changed), _("corrected: the old figure stays in the history")),
        (found.unchanged, _("unchanged")),
        (found.refused, _("refused")),
        (found.absent, _("stored figures of the same units and months that the file does not name; they stay")),
    ]


def lines(found: Comparison, *, written: bool, everything: bool = False) -> Iterator[str]:
    """The report of the command."""
    for told in changes(found, None if everything else SHOWN):
        yield f"{'+' if told.is_new else '~'} {told.month} {told.unit} · {told.subject}"
        yield from (f"    {number}" for number in told.numbers)
    for problem in found.problems:
        yield f"x {place_of(problem)}: {problem.reason}"
    yield ""
    yield summary(found, written=written)
    yield from (f"{number:7d}  {label}" for number, label in counts(found))


def summary(found: Comparison, *, written: bool) -> str:
    if found.refused:
        return _("%(rows)d rows; since some are refused, nothing is written:") % {"rows": found.rows}
    if written:
        return _("%(rows)d rows; written as follows:") % {"rows": found.rows}
    return _("%(rows)d rows; a dry run, nothing is written:") % {"rows": found.rows}
