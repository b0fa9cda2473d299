"""Whatever is recorded of a service is read back from its export as it was."""

import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.exports import Table, as_meant, csv_lines, harmless, json_lines, save_xlsx
from services.exporting.catalogue import cell
from services.exporting.rows import COLUMNS
from services.importing.reading import read_rows
from services.importing.record import read_record
from services.tables.values import Row

WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n=+-@'\t"), max_size=60)
NAMES = st.text("aáàảđ ,;[]\"'()", min_size=1, max_size=20).filter(str.strip)
NUMBERS = st.one_of(st.none(), st.integers(0, 10_000))
FEES = st.fixed_dictionaries({"amount": NUMBERS, "text": WORDS, "exemption": WORDS})
CHANNELS = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["online", "direct", "post"]),
        "time_value": st.one_of(st.none(), st.decimals(0, 9999, places=2).map(str)),
        "time_unit": st.sampled_from(["", "hour", "working_day", "month"]),
        "time_text": WORDS,
        "fees": st.lists(FEES, max_size=3),
    }
)
PAPERS = st.fixed_dictionaries(
    {"name": WORDS, "originals": NUMBERS, "copies": NUMBERS, "note": WORDS, "show_only": st.booleans()}
)
ROWS = st.fixed_dictionaries(
    {
        "code": st.integers(0, 999_999).map(lambda number: f"1.{number:06d}"),
        "name": NAMES,
        "title": WORDS,
        "field": NAMES,
        "level": st.lists(st.sampled_from(["bộ", "tỉnh", "huyện", "xã"]), unique=True),
        "agency": WORDS,
        "units": st.lists(NAMES, max_size=3),
        "competent_agency": WORDS,
        "audience": st.lists(NAMES, max_size=3),
        "channels": st.lists(CHANNELS, max_size=3),
        "documents": st.lists(
            st.fixed_dictionaries({"name": WORDS, "papers": st.lists(PAPERS, max_size=3)}), max_size=2
        ),
        "dossier_count": st.one_of(st.none(), st.integers(0, 1000)),
        "steps": st.lists(st.fixed_dictionaries({"title": WORDS, "text": WORDS}), max_size=3),
        "result": WORDS,
        "conditions": WORDS,
        "legal_basis": st.lists(st.fixed_dictionaries({"number": WORDS, "title": WORDS}), max_size=2),
        "decision_number": WORDS,
        "decision_date": st.one_of(st.just(""), st.dates().map(str)),
        "place": WORDS,
        "keywords": WORDS,
    }
)


def _written(path, rows):
    """The rows as an export writes them, in the format of the path."""
    if path.suffix == ".json":
        values = [[row.get(column) for column in COLUMNS] for row in rows]
        path.write_text("".join(json_lines(Table("t", COLUMNS, values))), encoding="utf-8")
        return path
    texts = Table("t", COLUMNS, [[cell(column, row.get(column)) for column in COLUMNS] for row in rows])
    if path.suffix == ".csv":
        path.write_bytes("".join(csv_lines(texts)).encode())
    else:
        buffer = io.BytesIO()
        save_xlsx(texts, buffer)
        path.write_bytes(buffer.getvalue())
    return path


def _said(row):
    record, problems = read_record(row)
    assert problems == []
    return record.code, record.page, record.procedure, record.units


@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(ROWS, min_size=1, max_size=3))
def test_what_is_written_is_read_as_it_was(tmp_path, form, rows):
    path = _written(tmp_path / f"a.{form}", rows)
    meant = [_said(Row(0, {column: row.get(column) for column in COLUMNS})) for row in rows]
    assert [_said(row) for row in read_rows(path)] == meant


@given(WORDS)
def test_a_harmless_cell_is_taken_back_as_it_was_meant(text):
    held = harmless(text)
    assert not held.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert as_meant(held) == text
