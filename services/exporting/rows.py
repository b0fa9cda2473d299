"""A service as the row of an import file: what is read back says the same as the page and its procedure do."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from services.importing.units import UnitNames
from services.models import MaturityRecord, Procedure, ServicePage

#: levels of government and their names in a file
LEVELS = {"at_ministry": "bộ", "at_province": "tỉnh", "at_district": "huyện", "at_commune": "xã"}
EXTENTS = {"full": "toàn trình", "partial": "một phần", "information": "cung cấp thông tin"}
#: columns of an export, in order; every one is a column of an import
COLUMNS = (
    "code",
    "name",
    "title",
    "field",
    "level",
    "agency",
    "units",
    "competent_agency",
    "audience",
    "channels",
    "documents",
    "dossier_count",
    "steps",
    "result",
    "conditions",
    "legal_basis",
    "decision_number",
    "decision_date",
    "in_force_from",
    "in_force_until",
    "place",
    "place_note",
    "url",
    "apply_url",
    "keywords",
    "maturity",
    "maturity_level",
    "maturity_date",
    "maturity_decision",
    "maturity_flags",
)


def row_of(page: ServicePage, procedure: Procedure, units: UnitNames) -> dict[str, Any]:
    """Values by column: texts, numbers, lists of texts and lists of objects. Form files are no part of it."""
    return {
        "code": procedure.code,
        "name": page.full_name or page.title,
        "title": page.title,
        "field": procedure.field.name,
        "level": [name for level, name in LEVELS.items() if getattr(procedure, level)],
        "agency": page.agency_text,
        "units": sorted(units.called(unit) for unit in procedure.units.all()),
        "competent_agency": page.competent_text,
        "audience": sorted(audience.name for audience in procedure.audiences.all()),
        "channels": [_channel(value) for value in _values(page.channels)],
        "documents": [_case(value) for value in _values(page.cases)],
        "dossier_count": page.dossier_count,
        "steps": [_texts(value, ("title", "text")) for value in _values(page.steps)],
        "result": page.result,
        "conditions": page.conditions,
        "legal_basis": [_texts(value, ("number", "title", "in_force", "url")) for value in _values(page.legal_bases)],
        "decision_number": page.decision_number,
        "decision_date": _day(page.decision_date),
        "in_force_from": _day(procedure.in_force_from),
        "in_force_until": _day(procedure.in_force_until),
        "place": page.place,
        "place_note": page.place_note,
        "url": page.source_url,
        "apply_url": page.apply_url,
        "keywords": page.keywords,
    }


def maturity_of(record: MaturityRecord | None) -> dict[str, Any]:
    """Columns of the record that holds for all units; empty where there is none."""
    if record is None:
        return {}
    return {
        "maturity": EXTENTS.get(record.extent or "", ""),
        "maturity_level": record.level,
        "maturity_date": _day(record.date),
        "maturity_decision": record.decision_number,
        "maturity_flags": sorted(record.flags),
    }


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


# --- values of the StreamFields as they are stored, without making their blocks ------------------------------------


def _values(stream: Any) -> list[Mapping[str, Any]]:
    return [child["value"] for child in stream.raw_data]


def _items(values: Any) -> list[Mapping[str, Any]]:
    """Values of a list inside a block, which stores each with its identifier."""
    return [item["value"] if "value" in item and "type" in item else item for item in values or ()]


def _texts(value: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    return {name: text for name in names if (text := value.get(name)) not in (None, "")}


def _channel(value: Mapping[str, Any]) -> dict[str, Any]:
    said = _texts(value, ("kind", "time_value", "time_unit", "time_text"))
    fees = [_texts(fee, ("amount", "text", "exemption")) for fee in _items(value.get("fees"))]
    return {**said, "fees": fees} if fees else said


def _case(value: Mapping[str, Any]) -> dict[str, Any]:
    papers = [_paper(paper) for paper in _items(value.get("papers"))]
    return {**_texts(value, ("name",)), "papers": papers}


def _paper(value: Mapping[str, Any]) -> dict[str, Any]:
    said = _texts(value, ("name", "originals", "copies", "note"))
    return {**said, "show_only": True} if value.get("show_only") else said
