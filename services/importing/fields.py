"""The fields in which a row and the page that it is about say different things.

Both are put in the form of a record first: the page as it would be exported, read back. So blanks, identifiers, ways of
writing a number and the column that a file chose count for nothing, and what was exported is no change.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from core.text import fold
from departments.models import Department
from services.exporting.rows import row_of
from services.importing.record import Record, read_record
from services.importing.units import UnitNames
from services.models import ServicePage
from services.tables.values import Row


@dataclass(frozen=True, slots=True)
class FieldChange:
    name: str
    old: str
    new: str


def differences(record: Record, page: ServicePage, units: Sequence[Department], names: UnitNames) -> list[FieldChange]:
    """What the row would change, of the fields that it speaks of. `units`: those that it means."""
    procedure = page.procedure
    said, _problems = read_record(Row(record.line, row_of(page, procedure, names)))
    changes = [*_differing(record.page, said.page if said else {})]
    changes += _differing(record.procedure, said.procedure if said else {})
    old, new = ({unit.pk: unit.name for unit in listed} for listed in (procedure.units.all(), units))
    if record.names_units and old.keys() != new.keys():
        changes.append(FieldChange("units", _shown(sorted(old.values())), _shown(sorted(new.values()))))
    return changes


def _differing(new: dict[str, Any], old: dict[str, Any]) -> Iterator[FieldChange]:
    for name, value in new.items():
        if name not in old or _meaning(name, old[name]) != _meaning(name, value):
            yield FieldChange(name, _shown(old.get(name, "")), _shown(value))


def _meaning(name: str, value: Any) -> Any:
    """The value as it is compared: fields and audiences of the same folded name are the same rows."""
    if name == "field":
        return fold(value)
    return sorted(map(fold, value)) if name == "audiences" else value


def _shown(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(_without_ids(value), ensure_ascii=False, default=str)
    text = " ".join(text.split())
    return text if len(text) <= 80 else text[:79] + "…"


def _without_ids(value: Any) -> Any:
    """Block data without identifiers and without what is empty."""
    if isinstance(value, dict):
        return {key: _without_ids(part) for key, part in value.items() if key != "id" and part not in (None, "", [])}
    return [_without_ids(part) for part in value] if isinstance(value, list) else value
