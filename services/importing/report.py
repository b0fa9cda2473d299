"""What an import did or would do, in words."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from services.importing.difference import Change, Status
from services.importing.fields import FieldChange
from services.tables.problems import Problem

#: rows told in full of each kind, unless all are asked for
SHOWN = 20
_MOST_COMMON = 10


@dataclass(frozen=True, slots=True)
class _Line:
    status: Status
    line: int
    code: str
    text: str
    fields: tuple[FieldChange, ...] = ()


@dataclass(slots=True)
class Report:
    """Counts, and the rows to tell: kept small, whatever the size of the file."""

    everything: bool = False
    counts: Counter = field(default_factory=Counter)
    live: int = 0
    drafts: int = 0
    missing: Counter = field(default_factory=Counter)
    maturity: Counter = field(default_factory=Counter)
    recorded: int = 0
    unmatched: Counter = field(default_factory=Counter)
    unknown_columns: Counter = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)
    lines: list[_Line] = field(default_factory=list)
    #: codes of rows that are not taken
    refused_codes: set[str] = field(default_factory=set)
    #: False where something stands in the file that is no row of a known code
    is_read_to_the_end: bool = True

    @property
    def rows(self) -> int:
        return self.counts.total()

    @property
    def refused(self) -> int:
        return self.counts[Status.REFUSED]

    def refuse(self, problems: list[Problem], code: Any = None) -> None:
        """A row that is not taken, with each of its reasons and the code that it has, if it has one."""
        if code and isinstance(code, str):
            self.refused_codes.add(code)
        else:
            self.is_read_to_the_end = False
        self.counts[Status.REFUSED] += 1
        self.problems += problems

    def add(self, change: Change) -> None:
        record = change.record
        if change.status is Status.REFUSED:
            self.refuse([Problem(record.line, "", f"{record.code}: {change.reason}")], record.code)
            return
        self.counts[change.status] += 1
        if record.maturity:
            self.recorded += change.maturity_new
            self.maturity[change.maturity_reason] += bool(change.maturity_reason)
        if not change.units and record.units is None:
            self.unmatched.update(record.agencies)
        if change.writes:
            self.live += change.goes_live
            self.drafts += not change.goes_live
            self.missing.update(item.key for item in change.missing if not change.goes_live)
        self._tell(change)

    def _tell(self, change: Change) -> None:
        if change.status is Status.UNCHANGED:
            return
        if not self.everything and self.counts[change.status] > SHOWN:
            return
        text = change.reason
        if change.status is Status.NEW:
            lacking = ", ".join(item.key for item in change.missing)
            text = (
                change.page.title
                if change.goes_live
                else _("%(title)s (draft; missing: %(items)s)")
                % {
                    "title": change.page.title,
                    "items": lacking,
                }
            )
        record = change.record
        self.lines.append(_Line(change.status, record.line, record.code, text, tuple(change.fields)))

    # --- text --------------------------------------------------------------------------------------------------

    def text(self, *, written: bool) -> str:
        parts = [
            *self._difference(),
            *self.problem_lines(),
            *self._counts(written),
            *self._table(_("Drafts by missing item:"), self.missing),
            *self._maturity(written),
            *self._table(_("Agencies that are no unit of the portal (the most frequent):"), self.unmatched),
            *self._table(_("Columns that are not read:"), self.unknown_columns, most=None),
        ]
        return "\n".join(parts)

    def _difference(self) -> list[str]:
        marks = {Status.NEW: "+", Status.CHANGED: "~", Status.HELD: "!"}
        parts = []
        for line in self.lines:
            text = line.text or ", ".join(change.name for change in line.fields)
            parts.append(f"{marks[line.status]} {line.code}  {text}")
            if line.status is Status.CHANGED:
                parts += [f"    {change.name}: “{change.old}” → “{change.new}”" for change in line.fields]
        for status in marks:
            left = self.counts[status] - sum(line.status is status for line in self.lines)
            if left > 0:
                more = _("%(mark)s … and %(count)d more (--verbose-diff shows all)")
                parts.append(more % {"mark": marks[status], "count": left})
        return parts

    def problem_lines(self) -> list[str]:
        parts = []
        for problem in self.problems:
            place = _("line %(line)d") % {"line": problem.line}
            if problem.column:
                place = _("line %(line)d, column %(column)s") % {"line": problem.line, "column": problem.column}
            parts.append(f"x {place}: {problem.reason}")
        return parts

    def _counts(self, written: bool) -> list[str]:
        labels = (
            (Status.NEW, _("new")),
            (Status.CHANGED, _("changed")),
            (Status.UNCHANGED, _("unchanged")),
            (Status.HELD, _("held back: somebody is working on the page")),
            (Status.REFUSED, _("refused")),
        )
        head = _("%(rows)d rows written as follows:") if written else _("%(rows)d rows; a dry run, nothing is written:")
        parts = ["", head % {"rows": self.rows}]
        parts += [f"{self.counts[status]:7d}  {label}" for status, label in labels]
        live = _("Of the new and changed pages %(live)d are live and %(drafts)d are drafts.")
        return [*parts, live % {"live": self.live, "drafts": self.drafts}]

    def _maturity(self, written: bool) -> list[str]:
        parts = []
        if self.recorded:
            message = _("Levels recorded: %(count)d.") if written else _("Levels that can be recorded: %(count)d.")
            parts.append(message % {"count": self.recorded})
        refused = Counter({reason: number for reason, number in self.maturity.items() if reason})
        return parts + self._table(_("Levels or extents that are stated but not recorded:"), refused)

    @staticmethod
    def _table(title: str, counts: Counter, most: int | None = _MOST_COMMON) -> list[str]:
        common = counts.most_common(most)
        return [title, *(f"{number:7d}  {name}" for name, number in common)] if common else []
