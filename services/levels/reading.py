"""A file of levels as a batch of records. What cannot be read is named by row, column and reason."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from core.text import fold
from services.importing.record import EXTENTS
from services.importing.units import UnitNames
from services.levels.batches import Batch, Entry, looked_at, procedures_for_batches
from services.levels.columns import HEADER
from services.maturity import Capability
from services.models import CAPABILITY_LABELS, MaturityRecord, Procedure
from services.models.procedures import ProcedureAlias
from services.tables.problems import UnreadableFile
from services.tables.reading import read_table
from services.tables.values import Row, RowReader

#: rows of one file: what one transaction stores
MOST_ROWS = 5_000


def read_batch(path: Path, *, user: Any, most_rows: int = MOST_ROWS) -> Batch:
    """The file's records, looked at. UnreadableFile where nothing can be read or there are too many rows."""
    return batch_of(rows_of(path, most_rows=most_rows), user=user)


def rows_of(path: Path, *, most_rows: int = MOST_ROWS) -> list[Row]:
    rows = []
    for row in read_table(path, HEADER, most_rows=most_rows + 1):
        if len(rows) == most_rows:
            message = _("The file has more than %(rows)d rows: divide it, each part is stored whole.")
            raise UnreadableFile(message % {"rows": most_rows})
        rows.append(row)
    return rows


def batch_of(rows: Iterable[Row], *, user: Any) -> Batch:
    """Records of the rows, looked at on behalf of a user."""
    readers = [RowReader(row, HEADER) for row in rows if row.problem is None]
    unread = [row.problem for row in rows if row.problem is not None]
    lookup = _Lookup({str(reader.row.values.get("code", "")) for reader in readers})
    entries = []
    for reader in readers:
        record = _record(reader, lookup)
        if reader.problems or record is None:
            unread += reader.problems
        else:
            entries.append(Entry(reader.row.line, record))
    return looked_at(entries, user=user, unread=unread)


class _Lookup:
    """Procedures by code, or by a code that they had before, and units by any of their names."""

    def __init__(self, codes: Iterable[str]) -> None:
        self.units = UnitNames.load()
        self.by_code: dict[str, Procedure] = {}
        wanted = {short_code(code) for code in codes}
        for part in _parts(sorted(wanted), 500):
            aliases = ProcedureAlias.objects.filter(code__in=part).values_list("code", "procedure__code")
            former = dict(aliases)
            found = procedures_for_batches().filter(code__in={*part, *former.values()})
            by_code = {procedure.code: procedure for procedure in found}
            self.by_code |= by_code | {alias: by_code[code] for alias, code in former.items()}

    def procedure(self, code: str) -> Procedure | None:
        return self.by_code.get(short_code(code))


def _parts(values: list[str], size: int) -> Iterator[list[str]]:
    for start in range(0, len(values), size):
        yield values[start : start + size]


def short_code(text: str) -> str:
    """The procedure's own code: what agencies append to it (1.001193.000.00.00.H26) is left out."""
    parts = text.replace(" ", "").split(".")
    return ".".join(parts[:2]) if parts[0].isdigit() else text.strip()


def _record(reader: RowReader, lookup: _Lookup) -> MaturityRecord | None:
    code = reader.text("code")
    procedure = lookup.procedure(code)
    if procedure is None:
        reader.note("code", _("no procedure has the code “%(code)s”") % {"code": code[:40]})
    unit_name = reader.text("unit")
    unit = lookup.units.find(unit_name) if unit_name else None
    if unit_name and unit is None:
        reader.note("unit", _("no unit is called “%(name)s”") % {"name": unit_name[:80]})
    values = {
        "level": reader.number("level", 1, 4),
        "extent": _extent(reader),
        "date": reader.date("date"),
        "decision_number": reader.text("decision_number"),
        "note": reader.text("note"),
        **_flags(reader),
    }
    if values["date"] is None and not any(problem.column == "date" for problem in reader.problems):
        reader.note("date", _("the day from which the level holds is missing"))
    return None if reader.problems else MaturityRecord(procedure=procedure, unit=unit, **values)


def _extent(reader: RowReader) -> str | None:
    text = reader.text("extent")
    extent = EXTENTS.get(fold(text))
    if text and extent is None:
        reader.note("extent", _("unknown extent: “%(text)s”") % {"text": text})
    return extent.value if extent else None


def _flags(reader: RowReader) -> dict[str, bool]:
    """The capabilities named; a file that names none states the information only, as the form does."""
    meanings = _capabilities()
    named = reader.names("flags")
    if unknown := [name for name in named if fold(name) not in meanings]:
        reader.note("flags", _("unknown capability: “%(name)s”") % {"name": unknown[0][:60]})
    found = {meanings.get(fold(name)) for name in named} or {Capability.INFORMATION}
    return {capability.value: capability in found for capability in Capability}


def _capabilities() -> dict[str, Capability]:
    """Capabilities by folded name: the one of the API, and their label in both languages."""
    found = {fold(capability.value): capability for capability in Capability}
    found |= {fold(capability.value.replace("_", " ")): capability for capability in Capability}
    for language in ("vi", "en"):
        with translation.override(language):
            found |= {fold(str(label)): capability for capability, label in CAPABILITY_LABELS.items()}
    return found
