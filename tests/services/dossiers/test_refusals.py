"""Impossible figures and hostile files: each ends in a message with its place, and changes nothing."""

import zipfile
from datetime import date

import pytest
from django.utils import timezone
from openpyxl import Workbook

from services.dossiers import comparing, importing
from services.tables import workbook
from tests.services.dossiers.conftest import stored
from tests.services.dossiers.reported import HEADINGS, csv_file, report

WITH_TOTALS = ["month", "unit", "code", "field", *HEADINGS[3:], "Tổng tiếp nhận", "Tổng giải quyết", "carried_over"]
GOOD = {
    "month": "03/2019",
    "unit": "Xã Bắc Sơn",
    "code": "1.001193",
    "field": "",
    "online": 5,
    "in_person": 10,
    "post": 1,
    "early": 3,
    "on_time": 8,
    "late": 2,
    "received": "",
    "finished": "",
    "carried_over": "",
}
NUMBER = "a whole number from 0 to 1000000 is expected, not "
#: what is changed in a good row → column and reason
IMPOSSIBLE = {
    "no month": ({"month": ""}, "Kỳ báo cáo", "missing"),
    "month 13": ({"month": "13/2019"}, "Kỳ báo cáo", "a month such as 03/2019 is expected, not “13/2019”"),
    "a day": ({"month": "15/03/2019"}, "Kỳ báo cáo", "a month such as 03/2019 is expected, not “15/03/2019”"),
    "year 0": ({"month": "0000-01"}, "Kỳ báo cáo", "a month such as 03/2019 is expected, not “0000-01”"),
    "future": ({"month": "01/2100"}, "Kỳ báo cáo", "01/2100 lies in the future"),
    "no unit": ({"unit": " "}, "Đơn vị", "missing"),
    "unknown unit": ({"unit": "Tổng cộng"}, "Đơn vị", "no unit is called “Tổng cộng”"),
    "nothing": ({"code": ""}, "Mã thủ tục", "neither a procedure nor a field is named"),
    "unknown code": ({"code": "9.999999"}, "Mã thủ tục", "no procedure has the code “9.999999”"),
    "not run": ({"code": "2.000815"}, "Mã thủ tục", "Xã Bắc Sơn does not carry out procedure 2.000815"),
    "field not run": (
        {"code": "", "field": "Chứng thực"},
        "Lĩnh vực",
        "Xã Bắc Sơn carries out no procedure of this field",
    ),
    "unknown field": ({"code": "", "field": "Đất"}, "Lĩnh vực", "no field is called “Đất”"),
    "other field": ({"field": "Chứng thực"}, "Lĩnh vực", "procedure 1.001193 belongs to another field"),
    "empty": ({"post": ""}, "Tiếp nhận qua bưu chính", "missing; where there were none, write 0"),
    "negative": ({"late": "-2"}, "Giải quyết quá hạn", NUMBER + "“-2”"),
    "fraction": ({"online": "1,5"}, "Tiếp nhận trực tuyến", NUMBER + "“1,5”"),
    "fraction with a point": ({"online": "1.500"}, "Tiếp nhận trực tuyến", NUMBER + "“1.500”"),
    "absurd": ({"online": "1000001"}, "Tiếp nhận trực tuyến", NUMBER + "“1000001”"),
    "other digits": ({"online": "٣"}, "Tiếp nhận trực tuyến", NUMBER + "“٣”"),
    "formula": ({"online": "=1+1"}, "Tiếp nhận trực tuyến", NUMBER + "“=1+1”"),
    "NUL": ({"unit": "Xã\x00"}, "Đơn vị", "a NUL character"),
    "parts above the whole": ({"received": 15}, "Tổng tiếp nhận", "the total is 15, its parts add up to 16"),
    "parts below the whole": ({"finished": 14}, "Tổng giải quyết", "the total is 14, its parts add up to 13"),
    "finished more than there was": (
        {"early": 30, "carried_over": 2},
        "Kỳ trước chuyển sang",
        "40 dossiers are finished, but only 18 were received or carried over",
    ),
}


@pytest.mark.parametrize("name", IMPOSSIBLE)
def test_an_impossible_figure_is_refused_with_row_column_and_reason(tmp_path, apply, name):
    changes, column, reason = IMPOSSIBLE[name]
    said, error = apply(csv_file(tmp_path / "a.csv", list((GOOD | changes).values()), headings=WITH_TOTALS))
    assert f"x line 2, column {column}: {reason}" in said.splitlines()
    assert error and stored() == []


def test_totals_that_fit_are_taken_and_older_dossiers_may_be_finished(tmp_path, apply):
    row = GOOD | {"early": 30, "received": 16, "finished": 40, "carried_over": 24}
    apply(csv_file(tmp_path / "a.csv", list(row.values()), headings=WITH_TOTALS))
    assert len(stored()) == 1


def test_the_present_month_is_not_the_future(tmp_path, apply):
    month = f"{timezone.localdate():%m/%Y}"
    apply(csv_file(tmp_path / "a.csv", list((GOOD | {"month": month}).values()), headings=WITH_TOTALS))
    assert len(stored()) == 1


@pytest.mark.parametrize(
    ("bounds", "reason"),
    [
        ({"valid_from": date(2019, 4, 1)}, "Xã Bắc Sơn did not exist in 03/2019"),
        ({"valid_to": date(2019, 2, 28)}, "Xã Bắc Sơn did not exist in 03/2019"),
        ({"valid_from": date(2019, 3, 31)}, ""),
        ({"valid_to": date(2019, 3, 1)}, ""),
    ],
)
def test_a_unit_has_figures_only_of_months_in_which_it_existed(tmp_path, apply, office, bounds, reason):
    type(office.first).objects.filter(pk=office.first.pk).update(**bounds)
    said, _error = apply(csv_file(tmp_path / "a.csv", list(GOOD.values()), headings=WITH_TOTALS))
    assert (reason in said) if reason else stored()


def test_a_procedure_has_figures_only_of_months_in_which_it_was_in_force(tmp_path, apply, office):
    type(office.births).objects.filter(pk=office.births.pk).update(in_force_from=date(2019, 4, 1))
    said, _error = apply(csv_file(tmp_path / "a.csv", list(GOOD.values()), headings=WITH_TOTALS))
    assert "procedure 1.001193 was not in force in 03/2019" in said


def test_the_same_key_twice_is_refused(tmp_path, apply):
    rows = [list(GOOD.values()), list((GOOD | {"month": "2019-03", "unit": "UBND xã bắc sơn"}).values())]
    said, _error = apply(csv_file(tmp_path / "a.csv", *rows, headings=WITH_TOTALS))
    assert "x line 3: the same unit, month and procedure or field stand on line 2 already" in said
    assert stored() == []


def test_a_field_is_given_as_a_whole_or_by_procedure_never_both(tmp_path, apply, office):
    report(office.first, (2019, 3), (1, 0, 0, 0, 0, 0), procedure=office.births)
    row = GOOD | {"code": "", "field": "Hộ tịch"}
    said, _error = apply(csv_file(tmp_path / "a.csv", list(row.values()), headings=WITH_TOTALS))
    assert "column Lĩnh vực: figures of this unit, month and field are given both" in said
    assert len(stored()) == 1


def test_a_unit_changes_from_procedures_to_the_field_by_setting_the_procedures_to_nought(tmp_path, apply, office):
    report(office.first, (2019, 3), (1, 0, 0, 0, 0, 0), procedure=office.births)
    nought = GOOD | dict.fromkeys(("online", "in_person", "post", "early", "on_time", "late"), 0)
    whole = GOOD | {"code": "", "field": "Hộ tịch"}
    apply(csv_file(tmp_path / "a.csv", list(nought.values()), list(whole.values()), headings=WITH_TOTALS))
    assert sorted(row[2] for row in stored()) == [0, 5]


# --- hostile files -------------------------------------------------------------------------------------------------


def _bytes(path, data):
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.csv", b"", "it lacks: Kỳ báo cáo, Đơn vị, "),
        ("a.csv", ",".join(HEADINGS).encode("utf-16"), "UTF-16"),
        ("a.xlsx", b"PK\x03\x04nonsense", "damaged or no XLSX"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0 an old XLS file", "it lacks: "),
        ("a.csv", ",".join([*HEADINGS, "đơn vị"]).encode(), "names a column twice: Đơn vị"),
    ],
)
def test_a_file_of_which_nothing_can_be_read_says_why(tmp_path, apply, name, data, reason):
    assert reason in apply(_bytes(tmp_path / name, data))[1]


def test_a_file_that_is_not_there_says_so(tmp_path, apply):
    assert "cannot be opened" in apply(tmp_path / "none.csv")[1]


def test_another_encoding_is_told_with_its_row(tmp_path, apply):
    line = ",".join(map(str, ["03/2019", "X\xe3 B\xe1c", "1.001193", 1, 1, 1, 1, 1, 1])).encode("cp1252")
    said, _error = apply(_bytes(tmp_path / "a.csv", ",".join(HEADINGS).encode() + b"\n" + line))
    assert "x line 2, column Đơn vị: not UTF-8" in said


def test_a_file_without_rows_says_so(tmp_path, apply):
    assert apply(csv_file(tmp_path / "a.csv"))[1] == "The file has no rows."


def test_too_many_rows_are_refused_and_few_of_them_are_told(tmp_path, apply, monkeypatch):
    monkeypatch.setattr(importing, "MOST_ROWS", 1000)
    rows = ([*list(GOOD.values())[:4], *["x"] * 9] for _number in range(1500))
    said, error = apply(csv_file(tmp_path / "a.csv", *rows, headings=WITH_TOTALS))
    assert "1001  refused" in said and said.count("x line") == comparing.TOLD
    assert error and stored() == []


def test_a_workbook_that_unpacks_to_too_much_is_refused(tmp_path, apply):
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", b"a" * (workbook.LARGEST_WORKBOOK + 1))
    assert "unpacks to more than 100 MB" in apply(path)[1]


def test_formulas_without_a_stored_value_and_merged_cells_are_missing(tmp_path, apply):
    book = Workbook()
    for row in (HEADINGS, [*list(GOOD.values())[:3], "=1+1", 1, 1, 1, 1, 1], ["04/2019", *[""] * 2, 1, 1, 1, 1, 1, 1]):
        book.active.append(row)
    book.active.merge_cells("B2:B3")
    book.save(tmp_path / "a.xlsx")
    said, _error = apply(tmp_path / "a.xlsx")
    assert "x line 2, column Tiếp nhận trực tuyến: missing" in said
    assert "x line 3, column Đơn vị: missing" in said
