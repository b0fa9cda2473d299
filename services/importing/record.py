"""One row, checked and mapped: what it says of the procedure, of its page and of its level. No database."""

import datetime
import hashlib
import json
import re
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from core.text import fold
from services.importing import channels, papers, parsing
from services.importing.columns import HEADER, REQUIRED
from services.importing.values import RecordReader
from services.maturity import Capability, OnlineExtent
from services.tables.problems import Problem
from services.tables.values import Row

#: grows when the mapping changes, so that the same file is then taken as changed
MAPPING = 1
_CODE = re.compile(r"([1-9]\.\d{6})(?:\.\d{3}\.\d{2}\.\d{2}\.H\d{2})?")
_NOTHING = ("", None)
EXTENTS = {
    "toan trinh": OnlineExtent.FULL,
    "full": OnlineExtent.FULL,
    "mot phan": OnlineExtent.PARTIAL,
    "partial": OnlineExtent.PARTIAL,
    "cung cap thong tin": OnlineExtent.INFORMATION,
    "information": OnlineExtent.INFORMATION,
}


@dataclass(frozen=True, slots=True)
class StatedMaturity:
    """A level or extent as the row states it; it becomes a record only with its date."""

    level: int | None
    extent: str | None
    date: datetime.date | None
    decision_number: str = ""
    unit: str = ""
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """A row that can be imported. A field that the file does not name is in neither `page` nor `procedure`."""

    line: int
    code: str
    #: field of ServicePage → value; StreamFields as raw data with stable identifiers
    page: dict[str, Any]
    #: field (name), at_… (bool), audiences (names), in_force_… (dates)
    procedure: dict[str, Any]
    agencies: tuple[str, ...] = ()
    #: executing units by name; None: those that are called as the agencies are
    units: tuple[str, ...] | None = None
    maturity: StatedMaturity | None = None
    #: keys of the row that nothing was made of
    unread: frozenset[str] = frozenset()

    @property
    def names_units(self) -> bool:
        """False where the row leaves the executing units as they are."""
        return self.units is not None or "agency_text" in self.page

    def digest(self, unit_ids: Sequence[int]) -> str:
        """Of everything that the row says, and of the units that it was matched to."""
        said = [MAPPING, self.page, self.procedure, sorted(unit_ids)]
        text = json.dumps(said, sort_keys=True, ensure_ascii=False, default=str)
        return hashlib.sha256(text.encode()).hexdigest()


def read_record(row: Row) -> tuple[Record | None, list[Problem]]:
    """The record of a row, or why it is refused."""
    if row.problems:
        return None, list(row.problems)
    reader = RecordReader(row, HEADER)
    code = _code(reader)
    procedure = _procedure(reader)
    page = _page(reader, code)
    agency = reader.text("agency")
    agencies = tuple(part.strip() for part in re.split(r"[;\n]", agency) if part.strip())
    units = tuple(reader.names("units", r"[;\n]")) if reader.has("units") else None
    maturity = _maturity(reader)
    if reader.problems:
        return None, list(dict.fromkeys(reader.problems))
    unread = row.unread | reader.unread
    return Record(row.line, code, page, procedure, agencies, units, maturity, frozenset(unread)), []


def _code(reader: RecordReader) -> str:
    for name in REQUIRED:
        if reader.row.values.get(name) in _NOTHING:
            reader.note(name, _("missing"))
    text = reader.text("code").replace(" ", "")
    found = _CODE.fullmatch(text)
    if text and not found:
        reader.note("code", _("“%(text)s” is no procedure code such as 1.001193") % {"text": text[:40]})
    return found[1] if found else ""


def _procedure(reader: RecordReader) -> dict[str, Any]:
    values: dict[str, Any] = {"field": " ".join(reader.text("field").split())}
    if reader.has("level") or reader.has("level_raw"):
        values |= parsing.government_levels([*reader.names("level"), reader.text("level_raw")])
    if reader.has("audience"):
        names = reader.listed("audience")
        names = parsing.audiences(reader.text("audience")) if names is None else parsing.distinct(names)
        if any(len(name) > 255 for name in names):
            reader.note("audience", _("the name of an audience is longer than 255 characters"))
        values["audiences"] = names
    for column in ("in_force_from", "in_force_until"):
        if reader.has(column):
            values[column] = reader.date(column)
    return values


def _page(reader: RecordReader, code: str) -> dict[str, Any]:
    name = " ".join(reader.text("name").split())
    title = " ".join(reader.text("title").split()) if reader.has("title") else ""
    values: dict[str, Any] = {"title": title or parsing.short_title(name), "full_name": name}
    if reader.has("channels"):
        values["channels"] = _channels(reader)
    for column, (page_field, read) in _PROSE.items():
        if reader.has(column):
            found = reader.objects(column)
            values[page_field] = read(reader.text(column)) if found is None else found
    for column, (page_field, clear) in _TEXTS.items():
        if reader.has(column):
            values[page_field] = clear(reader.text(column))
    if reader.has("dossier_count"):
        values["dossier_count"] = reader.number("dossier_count", 0, 1000)
    if reader.has("decision_date"):
        values["decision_date"] = reader.date("decision_date")
    for column, page_field in (("url", "source_url"), ("apply_url", "apply_url")):
        if reader.has(column):
            values[page_field] = reader.address(column)
    return {key: _stream(code, key, value) if key in _STREAMS else value for key, value in values.items()}


#: columns that hold prose or objects → field of the page, how prose is read
_PROSE: dict[str, tuple[str, Callable[[str], list[dict[str, Any]]]]] = {
    "steps": ("steps", parsing.steps),
    "documents": ("cases", papers.cases),
    "legal_basis": ("legal_bases", parsing.legal_bases),
}
_TEXTS: dict[str, tuple[str, Callable[[str], str]]] = {
    "agency": ("agency_text", str),
    "competent_agency": ("competent_text", str),
    "place": ("place", parsing.one_line),
    "place_note": ("place_note", parsing.one_line),
    "result": ("result", parsing.result),
    "conditions": ("conditions", parsing.without_debris),
    "decision_number": ("decision_number", parsing.decision_number),
    "keywords": ("keywords", str),
}
#: StreamField → name of its one kind of block, and of the lists inside it
_STREAMS = {"steps": "step", "channels": "channel", "cases": "case", "legal_bases": "legal_basis"}


def _channels(reader: RecordReader) -> list[dict[str, Any]]:
    found = reader.objects("channels") if reader.row.values["channels"] else None
    if found is not None:
        for column in ("time_limit", "fee"):
            if reader.text(column):
                reader.note(column, _("the channels say it already"))
        return found
    kinds = []
    for name in reader.names("channels"):
        kind = channels.kind_of(name)
        if kind is None:
            reader.note("channels", _("unknown way of applying: “%(name)s”") % {"name": name[:60]})
        elif kind not in kinds:
            kinds.append(kind)
    return channels.channels(kinds, reader.text("time_limit"), reader.text("fee"))


def _stream(code: str, name: str, values: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Raw data of a StreamField. Identifiers come from the place, so that a translation keeps its blocks."""
    return [
        {"type": _STREAMS[name], "value": _with_items(f"{code}/{name}/{at}", value), "id": _id(f"{code}/{name}/{at}")}
        for at, value in enumerate(values)
    ]


def _with_items(place: str, value: dict[str, Any]) -> dict[str, Any]:
    return {
        key: [{"type": "item", "value": item, "id": _id(f"{place}/{key}/{at}")} for at, item in enumerate(part)]
        if isinstance(part, list)
        else part
        for key, part in value.items()
    }


def _id(place: str) -> str:
    """`uuid5(NAMESPACE_URL, place)`, whose objects would take longer than all the rest of a record's digest."""
    digits = hashlib.sha1(uuid.NAMESPACE_URL.bytes + place.encode(), usedforsecurity=False).hexdigest()
    variant = "89ab"[int(digits[16], 16) % 4]
    return f"{digits[:8]}-{digits[8:12]}-5{digits[13:16]}-{variant}{digits[17:20]}-{digits[20:32]}"


def _maturity(reader: RecordReader) -> StatedMaturity | None:
    extent_text = reader.text("maturity")
    extent = EXTENTS.get(fold(extent_text))
    if extent_text and extent is None:
        reader.note("maturity", _("unknown extent: “%(text)s”") % {"text": extent_text})
    level = reader.number("maturity_level", 1, 4)
    date = reader.date("maturity_date")
    flags = [fold(flag).replace(" ", "_") for flag in reader.names("maturity_flags")]
    if unknown := [flag for flag in flags if flag not in set(Capability)]:
        reader.note("maturity_flags", _("unknown capability: “%(name)s”") % {"name": unknown[0][:60]})
    decision, unit = parsing.decision_number(reader.text("maturity_decision")), reader.text("maturity_unit")
    if level is None and extent is None:
        return None
    return StatedMaturity(level, extent, date, decision, unit, tuple(flags))
