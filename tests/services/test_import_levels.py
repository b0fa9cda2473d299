"""A level becomes a record only with its date, and only where the page has what it asks for."""

import datetime

import pytest
from django.contrib.auth import get_user_model
from wagtail.models import ModelLogEntry

from services.models import MaturityRecord
from tests.services.fixtures.import_command import count, service
from tests.services.fixtures.import_records import csv_file, jsonl, record, table

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def test_a_record_without_a_level_gets_none(run, tmp_path):
    output = run(jsonl(tmp_path / "a.jsonl", record(maturity="toàn trình")))
    assert not MaturityRecord.objects.exists()
    assert count(output, "stated without a date") == 1


FULL = {
    "maturity": "toàn trình",
    "maturity_level": "4",
    "maturity_date": "01/03/2025",
    "maturity_decision": "Quyết định số 9/QĐ-UBND",
    "maturity_flags": "forms, online_submission, online_result",
}


def test_a_complete_level_is_recorded_once(run, tmp_path):
    stated = record(**FULL | {"maturity_level": "1", "maturity": ""})
    path = csv_file(tmp_path / "a.csv", table(stated))
    run(path)
    run(path)
    found = MaturityRecord.objects.get()
    assert (found.level, found.extent, found.date) == (1, None, datetime.date(2025, 3, 1))
    assert found.decision_number == "9/QĐ-UBND"


def test_whoever_answers_for_the_import_has_recorded_the_level(run, tmp_path):
    run(csv_file(tmp_path / "a.csv", table(record(maturity_level="1", maturity_date="2025-03-01"))))
    found = MaturityRecord.objects.get()
    logged = ModelLogEntry.objects.get(object_id=found.pk, action="wagtail.create")
    assert found.recorded_by == logged.user == get_user_model().objects.get(is_superuser=True)


def test_a_level_whose_items_are_missing_is_refused_and_the_page_is_not(run, tmp_path):
    path = csv_file(tmp_path / "a.csv", table(record(**FULL)))
    assert count(run(path, apply=False), "form, apply_url") == 1
    output = run(path)
    assert not MaturityRecord.objects.exists()
    assert "stated but not recorded" in output
    assert service().live


def test_a_recorded_level_is_not_changed(run, tmp_path):
    run(csv_file(tmp_path / "a.csv", table(record(maturity_level="1", maturity_date="2025-03-01"))))
    changed = record(maturity="cung cấp thông tin", maturity_date="2025-03-01")
    output = run(csv_file(tmp_path / "b.csv", table(changed)))
    assert count(output, "another level is recorded for that day") == 1
    assert MaturityRecord.objects.get().level == 1


def test_a_level_of_an_unknown_unit_is_refused(run, tmp_path):
    stated = record(maturity_level="1", maturity_date="2025-03-01", maturity_unit="Đâu đó")
    assert count(run(csv_file(tmp_path / "a.csv", table(stated))), "no unit is called “Đâu đó”") == 1
