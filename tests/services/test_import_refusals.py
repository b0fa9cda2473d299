"""Rows that cannot be taken are told and left out; a strict import then writes nothing."""

import pytest
from django.core.management import CommandError

from departments.models import Field
from services.importing import applying, running
from services.models import Procedure, ProcedureAlias, ServicePage
from tests.services.fixtures.import_command import count, service, state
from tests.services.fixtures.import_records import csv_file, jsonl, record, table

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def test_bad_rows_do_not_stop_the_others(run, tmp_path):
    output = run(jsonl(tmp_path / "a.jsonl", record("x"), "{", record("1.900002")))
    assert "x line 1, column code: “x” is no procedure code" in output
    assert "x line 2: not valid JSON" in output
    assert count(output, "refused") == 2
    assert service("1.900002").live


def test_columns_that_are_not_read_are_told(run, tmp_path):
    output = run(csv_file(tmp_path / "a.csv", table(record(Ghi_chú="x"))))
    assert count(output, "Ghi_chú") == 1


def test_a_code_that_stands_twice_is_taken_once(run, tmp_path):
    output = run(jsonl(tmp_path / "a.jsonl", record(), record(result="Khác")))
    assert "x line 2, column code: procedure 1.900001 is on line 1 already" in output
    assert service().result == "Giấy xác nhận"


def test_a_code_that_is_an_alias_is_refused(run, tmp_path):
    procedure = Procedure.objects.create(code="1.900002", field=Field.objects.create(name="Khác"))
    ProcedureAlias.objects.create(procedure=procedure, code="1.900001")
    assert "the code is another code of procedure 1.900002" in run(jsonl(tmp_path / "a.jsonl", record()))


def test_a_row_that_the_database_refuses_is_refused_alone(run, tmp_path, monkeypatch):
    insert = applying.insert_pages

    def refuse(pages):
        if any(page.procedure.code == "1.900002" for page, _section in pages):
            Procedure.objects.create(code="1.900001")  # without a field: an integrity error
        insert(pages)

    monkeypatch.setattr(applying, "insert_pages", refuse)
    output = run(jsonl(tmp_path / "a.jsonl", record(), record("1.900002"), record("1.900003")))
    assert count(output, "refused") == 1
    assert "1.900002: the database refuses the row" in output
    assert set(ServicePage.objects.values_list("procedure__code", flat=True)) == {"1.900001", "1.900003"}


def test_strict_writes_nothing_where_a_row_is_refused(run, tmp_path):
    before = state()
    with pytest.raises(CommandError, match="nothing is written") as caught:
        run(jsonl(tmp_path / "a.jsonl", record(), record("x")), "--strict")
    assert caught.value.returncode == 1
    assert state() == before


def test_strict_writes_nothing_where_the_database_refuses_a_row(run, tmp_path, monkeypatch):
    monkeypatch.setattr(running, "BATCH", 1)
    insert = applying.insert_pages

    def refuse(pages):
        if any(page.procedure.code == "1.900002" for page, _section in pages):
            Procedure.objects.create(code="1.900009")
        insert(pages)

    monkeypatch.setattr(applying, "insert_pages", refuse)
    before = state()
    with pytest.raises(CommandError, match="nothing is written"):
        run(jsonl(tmp_path / "a.jsonl", record(), record("1.900002")), "--strict")
    assert state() == before


def test_strict_writes_a_good_file(run, tmp_path):
    run(jsonl(tmp_path / "a.jsonl", record()), "--strict")
    assert service().live


def test_a_file_that_cannot_be_read_is_an_error(run, tmp_path):
    with pytest.raises(CommandError, match="cannot be opened"):
        run(tmp_path / "none.jsonl")
    with pytest.raises(CommandError, match="no rows"):
        run(jsonl(tmp_path / "a.jsonl", ""))
