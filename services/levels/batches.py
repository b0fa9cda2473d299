"""Many records at once, chosen in a list or read from a file: looked at together, stored all or not at all."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.utils.translation import gettext as _

from services.levels.advice import advice
from services.levels.recording import record_levels, refuse
from services.maturity import extent_on, level_on
from services.models import MaturityRecord, Procedure, ServicePage
from services.tables.problems import Problem

#: fields of a record that do not refer to others: the rest comes from forms and lookups that found it
_REFERENCES = {"procedure", "unit", "decision_page"}


class BatchRefused(Exception):
    """A record of the batch cannot be stored, so none was."""


@dataclass(slots=True)
class Entry:
    """One record of a batch. `line` counts from 1: the row of the file, or the place in the list."""

    line: int
    record: MaturityRecord
    problems: list[Problem] = field(default_factory=list)
    advice: list[str] = field(default_factory=list)
    #: level and extent that hold for the unit on that day so far
    level_before: int | None = None
    extent_before: str | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """Records with what stands against each; `unread` are rows of which no record could be made."""

    entries: Sequence[Entry]
    unread: Sequence[Problem] = ()

    @property
    def problems(self) -> list[Problem]:
        found = [*self.unread, *(problem for entry in self.entries for problem in entry.problems)]
        return sorted(found, key=lambda problem: problem.line)

    @property
    def may_be_stored(self) -> bool:
        return bool(self.entries) and not self.problems


def procedures_for_batches() -> Any:
    """Procedures with all that looking at their records asks for."""
    live = Prefetch("pages", ServicePage.objects.live())
    return Procedure.objects.prefetch_related(live, "units", "maturity_records")


def looked_at(entries: Iterable[Entry], *, user: Any, unread: Sequence[Problem] = ()) -> Batch:
    """The batch with what speaks against each record and what contradicts itself. Writes nothing."""
    batch = Batch(list(entries), unread)
    same = Counter(_key(entry.record) for entry in batch.entries)
    for entry in batch.entries:
        record = entry.record
        valid = record.procedure.valid_records
        if record.date:
            entry.level_before = level_on(valid, record.date, record.unit_id)
            entry.extent_before = extent_on(valid, record.date, record.unit_id)
        entry.problems += _problems(entry, user)
        if same[_key(record)] > 1:
            reason = _("two records for the same procedure, unit and day")
            entry.problems.append(Problem(entry.line, "code", reason))
        entry.advice = advice(record)
    return batch


def _key(record: MaturityRecord) -> tuple[Any, ...]:
    return record.procedure_id, record.unit_id, record.date


def _problems(entry: Entry, user: Any) -> list[Problem]:
    record = entry.record
    try:
        refuse(record=record, user=user)
        record.clean_fields(exclude=_REFERENCES)
        record.clean()
    except ValidationError as error:
        named = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        return [Problem(entry.line, name, reason) for name, reasons in named.items() for reason in reasons]
    return []


def store(batch: Batch, *, user: Any, reason: str = "") -> int:
    """Store every record of the batch in one transaction; how many. BatchRefused where one cannot be stored."""
    if not batch.may_be_stored:
        raise BatchRefused
    try:
        record_levels(records=[entry.record for entry in batch.entries], user=user, reason=reason)
    except ValidationError as error:
        raise BatchRefused("; ".join(error.messages)) from error
    return len(batch.entries)
