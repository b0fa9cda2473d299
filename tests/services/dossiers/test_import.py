"""The command: dry run, writing, the same file again, corrections; one bad row and nothing is written."""

from datetime import datetime

import pytest
from openpyxl import Workbook

from departments.roles import AUTHOR, STAFF_READER
from services.models import DossierFigure, DossierTotal, ProcedureAlias, StatisticsImport
from tests import factories as make
from tests.services.dossiers.conftest import stored
from tests.services.dossiers.reported import HEADINGS, csv_file, report

ROW = ["03/2019", "Xã Bắc Sơn", "1.001193", 5, 10, 1, 3, 8, 2]
OTHER = ["03/2019", "Xã Minh Phú", "1.001193", 7, 1, 0, 0, 9, 0]


def test_a_dry_run_tells_the_difference_and_writes_nothing(tmp_path, run):
    said, error = run(csv_file(tmp_path / "a.csv", ROW))
    assert "+ 03/2019 Xã Bắc Sơn · 1.001193" in said
    assert "1 rows; a dry run, nothing is written:" in said
    assert (error, stored(), StatisticsImport.objects.count()) == ("", [], 0)


def test_applied_figures_are_stored_with_who_and_which_file(tmp_path, apply):
    apply(csv_file(tmp_path / "thang-3.csv", ROW, OTHER))
    assert stored() == [("Xã Bắc Sơn", "03/2019", 5, 10, 1, 3, 8, 2), ("Xã Minh Phú", "03/2019", 7, 1, 0, 0, 9, 0)]
    source = StatisticsImport.objects.get()
    assert (source.user.username, source.file_name, len(source.digest)) == ("quan-tri", "thang-3.csv", 64)


def test_the_same_file_again_changes_nothing(tmp_path, apply):
    path = csv_file(tmp_path / "a.csv", ROW, OTHER)
    apply(path)
    said, _error = apply(path)
    assert "2  unchanged" in said
    assert (StatisticsImport.objects.count(), DossierFigure.objects.count()) == (1, 2)


def test_a_correction_keeps_the_old_figure(tmp_path, apply):
    apply(csv_file(tmp_path / "a.csv", ROW, OTHER))
    said, _error = apply(csv_file(tmp_path / "b.csv", [*ROW[:3], 6, *ROW[4:]], OTHER))
    assert "~ 03/2019 Xã Bắc Sơn · 1.001193\n    Tiếp nhận trực tuyến: 5 → 6" in said
    assert stored()[0][2] == 6
    old = DossierFigure.objects.get(is_current=False)
    assert (old.received_online, old.replaced_by.source.file_name) == (5, "b.csv")
    assert DossierTotal.objects.get(unit=old.unit).received_online == 6


def test_figures_that_the_file_does_not_name_stay(tmp_path, apply):
    apply(csv_file(tmp_path / "a.csv", ROW, ["03/2019", "Xã Bắc Sơn", "", 0, 0, 0, 0, 0, 0]))
    apply(csv_file(tmp_path / "a.csv", ROW))
    said, _error = apply(csv_file(tmp_path / "b.csv", OTHER))
    assert len(stored()) == 2 and "0  stored figures" in said


def test_xlsx_with_months_typed_as_days_and_codes_as_numbers_says_the_same(tmp_path, apply):
    book = Workbook()
    for row in (HEADINGS, [datetime(2019, 3, 1), "UBND xã Bắc Sơn", 1.001193, *ROW[3:]]):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    apply(tmp_path / "a.xlsx")
    assert stored() == [("Xã Bắc Sơn", "03/2019", 5, 10, 1, 3, 8, 2)]


@pytest.mark.parametrize("month", ["3/2019", "2019-03", "2019-03-01", "01/03/2019", "03-2019"])
def test_months_are_written_in_many_ways(tmp_path, apply, month):
    apply(csv_file(tmp_path / "a.csv", [month, *ROW[1:]]))
    assert [row[1] for row in stored()] == ["03/2019"]


def test_figures_are_given_by_field_as_well(tmp_path, apply):
    headings = ["Kỳ báo cáo", "Đơn vị", "Lĩnh vực", *HEADINGS[3:]]
    apply(csv_file(tmp_path / "a.csv", ["03/2019", "Xã Bắc Sơn", "hộ tịch", *ROW[3:]], headings=headings))
    (figure,) = DossierFigure.objects.all()
    assert (figure.procedure, str(figure.field)) == (None, "Hộ tịch")


def test_a_code_with_the_agency_s_suffix_or_one_known_before_names_the_procedure(tmp_path, apply, office):
    ProcedureAlias.objects.create(procedure=office.births, code="T-HNI-1")
    rows = (["03/2019", "Xã Bắc Sơn", "1.001193.000.00.00.H26", *ROW[3:]], ["04/2019", *ROW[1:2], "T-HNI-1", *ROW[3:]])
    apply(csv_file(tmp_path / "a.csv", *rows))
    assert set(DossierFigure.objects.values_list("procedure", flat=True)) == {office.births.pk}


def test_one_bad_row_and_nothing_is_written(tmp_path, apply):
    said, error = apply(csv_file(tmp_path / "a.csv", ROW, [*OTHER[:3], -1, *OTHER[4:]]))
    assert "x line 3, column Tiếp nhận trực tuyến: a whole number from 0 to 1000000 is expected, not “-1”" in said
    assert (stored(), error) == ([], "Rows are refused, so nothing is written.")


def test_sample_figures_are_replaced_by_the_same_facts(tmp_path, apply, office):
    report(office.first, (2019, 3), ROW[3:], procedure=office.births, is_sample=True)
    apply(csv_file(tmp_path / "a.csv", ROW))
    assert DossierFigure.objects.get(is_current=True).source.is_sample is False


# --- who -----------------------------------------------------------------------------------------------------------


def test_applying_needs_somebody_who_answers_for_it(tmp_path, run):
    assert "--user" in run(csv_file(tmp_path / "a.csv", ROW), "--apply")[1]


def test_whoever_may_not_import_is_refused(tmp_path, run, office):
    make.add_member(STAFF_READER, name="tra-cuu")
    _said, error = run(csv_file(tmp_path / "a.csv", ROW), "--apply", "--user", "tra-cuu")
    assert error == "tra-cuu may not import dossier statistics." and stored() == []


def test_a_unit_s_staff_gives_its_own_figures_only(tmp_path, run, office):
    make.add_member(AUTHOR, office.sections["first"], name="can-bo")
    run(csv_file(tmp_path / "a.csv", ROW), "--apply", "--user", "can-bo")
    said, _error = run(csv_file(tmp_path / "b.csv", OTHER), "--apply", "--user", "can-bo")
    assert "x line 2, column Đơn vị: figures of Xã Minh Phú are not yours to give" in said
    assert [row[0] for row in stored()] == ["Xã Bắc Sơn"]
