"""JSON documents and columns that hold objects: read whole, refused with the place and the reason."""

import json

import pytest

from services.importing import json_documents
from services.importing.reading import read_rows
from services.importing.record import read_record
from services.tables.values import Row
from tests.services.fixtures.import_records import csv_file, record, table

pytestmark = pytest.mark.usefixtures("in_english")

CHANNELS = [
    {
        "kind": "online",
        "time_value": 3,
        "time_unit": "working_day",
        "fees": [{"amount": 0, "exemption": "Miễn cho hộ nghèo"}],
    },
    {"kind": "Trực tiếp", "time_text": "Trong ngày"},
]


def _read(path):
    return [(row.line, row.values.get("code"), [problem.reason for problem in row.problems]) for row in read_rows(path)]


def _written(path, text):
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


# --- documents -----------------------------------------------------------------------------------------------------


def test_a_record_of_a_document_is_known_by_the_line_where_it_begins(tmp_path):
    path = _written(tmp_path / "a.json", json.dumps([record(), record("1.900002")], indent=1))
    lines = path.read_text().splitlines()
    assert _read(path) == [(2, "1.900001", []), (lines.index(" },") + 2, "1.900002", [])]


def test_a_document_larger_than_what_is_read_at_once_is_read_whole(tmp_path):
    rows = [record(f"1.{at:06d}", steps="x" * 3000) for at in range(1, 101)]
    found = _read(_written(tmp_path / "a.json", json.dumps(rows)))
    assert [code for _line, code, _problems in found] == [row["code"] for row in rows]


BROKEN = {
    "cut off": ('[{"code": "1"},\n {"co', (2, None, ["not valid JSON; the rest is not read"])),
    "without its end": ('[{"code": "1"}', (1, None, ["not valid JSON; the rest is not read"])),
    "followed by something": (
        '[{"code": "1"}]\nx',
        (2, None, ["something follows the end of the document; it is not read"]),
    ),
    "in another encoding": (b'[{"code": "1"}, {"code": "\xff"}]', (1, None, ["not UTF-8; the rest is not read"])),
    "too deep": ("[" * 100_000, (1, None, ["not valid JSON; the rest is not read"])),
    "no objects": ("[1]", (1, None, ["a record must be one JSON object"])),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_document_says_where_it_ends_to_be_readable(tmp_path, name):
    text, expected = BROKEN[name]
    assert _read(_written(tmp_path / "a.json", text))[-1] == expected


def test_an_object_that_is_too_long_stops_the_reading(tmp_path, monkeypatch):
    monkeypatch.setattr(json_documents, "LONGEST_OBJECT", 1000)
    path = _written(tmp_path / "a.json", '[{"code": "' + "x" * 300_000 + '"}]')
    assert _read(path) == [(1, None, ["an object is longer than 0 MB; the rest is not read"])]


# --- columns that hold objects -------------------------------------------------------------------------------------


def test_channels_may_be_objects_in_json_and_in_a_cell(tmp_path):
    said = record(channels=CHANNELS, time_limit=..., fee=...)
    (row,) = read_rows(_written(tmp_path / "a.json", json.dumps([said])))
    cells = table(said | {"channels": json.dumps(CHANNELS, ensure_ascii=False)})
    (other,) = read_rows(csv_file(tmp_path / "a.csv", cells))
    found = read_record(row)[0].page["channels"]
    assert found == read_record(other)[0].page["channels"]
    assert [child["value"]["kind"] for child in found] == ["online", "direct"]
    assert found[0]["value"]["time_value"] == "3"


WRONG = {
    "kind": ({"channels": [{"kind": "Fax"}]}, ("channels[0].kind", "unknown way of applying: “Fax”")),
    "number": (
        {"channels": [{"kind": "online", "time_value": "ba"}]},
        ("channels[0].time_value", "a number such as 3 or 1.5 is expected, not “ba”"),
    ),
    "unit": (
        {"channels": [{"kind": "online", "time_unit": "week"}]},
        (
            "channels[0].time_unit",
            "one of working_hour, hour, working_day, day, month, year is expected, not “week”",
        ),
    ),
    "amount": (
        {"channels": [{"kind": "online", "fees": [{}, {"amount": -5}]}]},
        ("channels[0].fees[1].amount", "a whole number from 0 to 1000000000000 is expected, not “-5”"),
    ),
    "said twice": ({"channels": [{"kind": "online"}], "fee": "Miễn phí"}, ("fee", "the channels say it already")),
    "copies": (
        {"documents": [{"papers": [{"name": "A", "copies": "hai"}]}]},
        ("documents[0].papers[0].copies", "a whole number from 0 to 10000 is expected, not “hai”"),
    ),
    "heading": (
        {"steps": [{"title": "x" * 256}]},
        ("steps[0].title", "256 characters, at most 255 are taken"),
    ),
    "NUL": ({"steps": [{"text": "a\x00"}]}, ("steps[0].text", "a NUL character")),
    "half a letter": ({"steps": [{"text": "a\ud800"}]}, ("steps[0].text", "not UTF-8")),
    "address": (
        {"legal_basis": [{"title": "Luật", "url": "javascript:x"}]},
        ("legal_basis[0].url", "not a web address"),
    ),
    "day": (
        {"legal_basis": [{"title": "Luật", "in_force": "2024"}]},
        ("legal_basis[0].in_force", "a date such as 2024-12-31 is expected, not “2024”"),
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_object_is_refused_with_its_path(name):
    values, expected = WRONG[name]
    said = record(**({"time_limit": ..., "fee": ...} | values))
    _record, problems = read_record(Row(1, said))
    assert [(problem.column, problem.reason) for problem in problems] == [expected]


def test_keys_of_objects_that_nothing_is_made_of_are_told():
    found, _problems = read_record(Row(1, record(steps=[{"title": "Nộp", "colour": "red"}])))
    assert found.unread == {"steps[].colour"}
