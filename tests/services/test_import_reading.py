"""Files as rows: good ones, and hostile ones that become problems with line, column and reason."""

import gzip
import json
import zipfile

import pytest
from django.utils import translation
from openpyxl import Workbook

from services.importing.reading import read_rows
from services.importing.record import read_record
from services.tables import delimited, lines, workbook
from services.tables.problems import UnreadableFile
from tests.services.fixtures.import_records import COMPLETE, csv_file, jsonl, record, table


@pytest.fixture(autouse=True)
def import_in_english():
    with translation.override("en"):
        yield


def _read(path):
    """(code or None, problems as (line, column, reason)) for every row."""
    found = []
    for row in read_rows(path):
        taken, problems = read_record(row)
        found.append((taken.code if taken else None, [(p.line, p.column, p.reason) for p in problems]))
    return found


def _problem(path):
    """The one problem of the file."""
    (problem,) = [problem for _code, problems in _read(path) for problem in problems]
    return problem


def _workbook(path, rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


# --- formats -------------------------------------------------------------------------------------------------------


def test_json_lines_plain_and_gzipped_say_the_same(tmp_path):
    plain = jsonl(tmp_path / "a.jsonl", record(), record("1.900002"))
    packed = tmp_path / "a.jsonl.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    assert _read(plain) == _read(packed) == [("1.900001", []), ("1.900002", [])]


@pytest.mark.parametrize(("delimiter", "encoding"), [(",", "utf-8"), (";", "utf-8-sig"), ("\t", "utf-8")])
def test_csv_says_the_same_as_json(tmp_path, delimiter, encoding):
    path = csv_file(tmp_path / "a.csv", table(record()), delimiter, encoding)
    (row,) = read_rows(path)
    (other,) = read_rows(jsonl(tmp_path / "a.jsonl", record()))
    assert read_record(row)[0].page == read_record(other)[0].page


def test_xlsx_says_the_same_as_json(tmp_path):
    (row,) = read_rows(_workbook(tmp_path / "a.xlsx", table(record())))
    (other,) = read_rows(jsonl(tmp_path / "a.jsonl", record()))
    assert read_record(row)[0].page == read_record(other)[0].page


def test_headings_may_be_vietnamese(tmp_path):
    rows = [["Mã thủ tục", "TÊN THỦ TỤC", "Lĩnh vực"], ["1.900001", "Cấp giấy", "Cư trú"]]
    assert _read(csv_file(tmp_path / "a.csv", rows)) == [("1.900001", [])]


def test_a_row_is_known_by_the_line_where_it_begins(tmp_path):
    rows = table(record(steps="Một\nHai\nBa"), record("bad"))
    assert _problem(csv_file(tmp_path / "a.csv", rows))[0] > 3


def test_a_code_typed_as_a_number_has_its_noughts_again(tmp_path):
    rows = [["code", "name", "field"], [1.00119, "Cấp giấy", "Cư trú"]]
    assert _read(_workbook(tmp_path / "a.xlsx", rows)) == [("1.001190", [])]


def test_an_agency_suffix_of_a_code_is_left_off(tmp_path):
    assert _read(jsonl(tmp_path / "a.jsonl", record("1.001193.000.00.00.H26"))) == [("1.001193", [])]


def test_a_formula_counts_by_its_stored_value_only(tmp_path):
    rows = [["code", "name", "field"], ['="1.900001"', "Cấp giấy", "Cư trú"]]
    assert _problem(_workbook(tmp_path / "a.xlsx", rows)) == (2, "code", "missing")


def test_merged_cells_have_their_value_once(tmp_path):
    book = Workbook()
    for row in [["code", "name", "field"], ["1.900001", "A", "Cư trú"], ["1.900002", "B", ""]]:
        book.active.append(row)
    book.active.merge_cells("C2:C3")
    book.save(tmp_path / "a.xlsx")
    assert _read(tmp_path / "a.xlsx") == [("1.900001", []), (None, [(3, "field", "missing")])]


def test_a_byte_order_mark_is_no_part_of_the_first_line(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(COMPLETE).encode())
    assert _read(path) == [("1.900001", [])]


# --- bad rows ------------------------------------------------------------------------------------------------------

BAD_ROWS = {
    "code missing": (record(code=None), "code", "missing"),
    "name missing": (record(name=""), "name", "missing"),
    "field missing": (record(field=...), "field", "missing"),
    "bad code": (record("T-HCM-1"), "code", "“T-HCM-1” is no procedure code such as 1.001193"),
    "number for text": (record(result=5), "result", "text is expected, not a number"),
    "list for text": (record(steps=["a"]), "steps", "text is expected, not a list"),
    "object for text": (record(agency={"a": 1}), "agency", "text is expected, not an object"),
    "numbers in a list": (record(level=[1]), "level", "a list of at most 100 texts is expected"),
    "unknown channel": (record(channels=["Fax"]), "channels", "unknown way of applying: “Fax”"),
    "NUL": (record(result="a\x00b"), "result", "a NUL character"),
    "half a letter": (record(result="a\ud800"), "result", "not UTF-8"),
    "too long": (record(field="x" * 256), "field", "256 characters, at most 255 are taken"),
    "a million": (record(steps="x" * 1_000_000), "steps", "1000000 characters, at most 200000 are taken"),
    "no address": (record(url="javascript:alert(1)"), "url", "not a web address"),
    "unknown extent": (record(maturity="rất cao"), "maturity", "unknown extent: “rất cao”"),
    "level 7": (record(maturity_level="7"), "maturity_level", "a whole number from 1 to 4 is expected, not “7”"),
    "bad day": (
        record(maturity_date="31/02/2024"),
        "maturity_date",
        "a date such as 31/12/2024 or 2024-12-31 is expected, not “31/02/2024”",
    ),
    "unknown flag": (record(maturity_flags="magic"), "maturity_flags", "unknown capability: “magic”"),
    "not JSON": (b'{"code": ', "", "not valid JSON at character 9"),
    "not an object": (b"[1]", "", "a record must be one JSON object"),
    "not UTF-8": (b'{"code": "\xff"}', "", "byte 11 is not UTF-8"),
    "too deep": (b'{"a":' * 100_000, "", "not valid JSON"),
}


@pytest.mark.parametrize("name", BAD_ROWS)
def test_a_bad_row_is_refused_with_its_place_and_the_others_are_read(tmp_path, name):
    bad, column, reason = BAD_ROWS[name]
    found = _read(jsonl(tmp_path / "a.jsonl", record("1.900001"), bad, record("1.900003")))
    assert found == [("1.900001", []), (None, [(2, column, reason)]), ("1.900003", [])]


def test_every_problem_of_a_row_is_told(tmp_path):
    ((_code, problems),) = _read(jsonl(tmp_path / "a.jsonl", record("x", result=1, url="y")))
    assert [column for _line, column, _reason in problems] == ["code", "result", "url"]


def test_a_csv_cell_that_is_not_utf8_is_refused(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"code,name,field\n1.900001,\xff\xfe,F\n1.900002,B,F\n")
    assert _read(path) == [(None, [(2, "name", "not UTF-8")]), ("1.900002", [])]


def test_a_csv_row_with_too_many_cells_is_refused(tmp_path):
    path = csv_file(tmp_path / "a.csv", [["code", "name", "field"], ["1.900001", "A", "F", "more"]])
    assert _problem(path) == (2, "", "the row has 4 cells, the first row names 3 columns")


def test_a_huge_csv_cell_is_refused(tmp_path):
    rows = [["code", "name", "field"], ["1.900001", "x" * (delimited.LONGEST_CELL + 1), "F"], ["1.900002", "B", "F"]]
    found = _read(csv_file(tmp_path / "a.csv", rows))
    assert found[0] == (None, [(2, "", f"a cell is longer than {delimited.LONGEST_CELL} characters")])
    assert found[-1] == ("1.900002", [])


def test_a_line_that_is_too_long_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(lines, "LONGEST_LINE", 2000)
    found = _read(jsonl(tmp_path / "a.jsonl", record(steps="x" * 5000), record("1.900002")))
    assert found[0][1][0][:2] == (1, "")
    assert found[1] == ("1.900002", [])


# --- bad files -----------------------------------------------------------------------------------------------------


def test_a_truncated_gzip_file_gives_what_stands_before_the_cut(tmp_path):
    packed = gzip.compress(
        b"\n".join(json.dumps(record(f"1.{at:06d}", result=str(hash(str(at))))).encode() for at in range(500))
    )
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(packed[: len(packed) // 2])
    found = _read(path)
    assert len([code for code, _problems in found if code]) > 10
    assert found[-1][1][0][2] == "the compressed file ends early"


def test_a_damaged_gzip_file_is_told(tmp_path):
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(b"\x1f\x8b\x08" + b"\x00" * 7 + b"nonsense" * 10)
    assert _problem(path)[2] == "the compressed file is damaged"


def test_a_file_that_unpacks_to_too_much_is_stopped(tmp_path):
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(b"0" * 30_000_000))
    (row,) = read_rows(path, largest=20 * 1024**2)
    assert row.problems[0].reason == "the file unpacks to more than 20 MB; the rest is not read"


def test_a_workbook_that_unpacks_to_too_much_is_refused(tmp_path):
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", b"a" * (workbook.LARGEST_WORKBOOK + 1))
    with pytest.raises(UnreadableFile, match="unpacks to more than 100 MB"):
        list(read_rows(path))


def test_a_workbook_with_entities_is_refused(tmp_path):
    good = _workbook(tmp_path / "good.xlsx", table(record()))
    bad = tmp_path / "bad.xlsx"
    entity = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>'
    with zipfile.ZipFile(good) as source, zipfile.ZipFile(bad, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name.startswith("xl/worksheets/sheet"):
                data = data.replace(b"<worksheet", entity + b"<worksheet", 1)
            target.writestr(name, data)
    with pytest.raises(UnreadableFile, match="damaged or no XLSX"):
        list(read_rows(bad))


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.xlsx", b"PK\x03\x04nonsense", "damaged or no XLSX"),
        ("a.jsonl", "{}".encode("utf-16"), "UTF-16"),
        ("a.csv", "code,name,field".encode("utf-16"), "UTF-16"),
        ("a.csv", b"code,name\n", "lacks: field"),
        ("a.csv", b"code,code,name,field\n", "twice: code"),
        ("a.csv", b"", "lacks: code, name, field"),
    ],
)
def test_a_file_of_which_nothing_can_be_read_says_why(tmp_path, name, data, reason):
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(UnreadableFile, match=reason):
        list(read_rows(path))


def test_a_file_that_is_not_there_says_so(tmp_path):
    with pytest.raises(UnreadableFile, match="cannot be opened"):
        list(read_rows(tmp_path / "none.jsonl"))
