"""An import respects what editors are at and what a page must tell before it is published."""

import pytest
from wagtail.models import Workflow

from departments.models import Field
from services.models import Procedure, ServicePage
from tests.services.fixtures.import_command import count, service
from tests.services.fixtures.import_records import jsonl, record

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


# --- work in progress ------------------------------------------------------------------------------------------------


def _assert_held(run, tmp_path, reason):
    output = run(jsonl(tmp_path / "b.jsonl", record(result="Bản điện tử"), record("1.900002")))
    assert f"! 1.900001  {reason}" in output
    assert count(output, "held back: somebody is working on the page") == 1
    assert service().result == "Giấy xác nhận"
    assert service("1.900002").live


def test_a_page_with_an_unpublished_draft_is_left_alone(run, tmp_path):
    run(jsonl(tmp_path / "a.jsonl", record()))
    page = service()
    page.summary = "Đang sửa"
    page.save_revision()
    _assert_held(run, tmp_path, "has an unpublished draft")
    assert service().get_latest_revision_as_object().summary == "Đang sửa"


def test_a_page_that_waits_for_approval_is_left_alone(run, admin, tmp_path):
    run(jsonl(tmp_path / "a.jsonl", record()))
    page = service()
    page.save_revision()
    Workflow.objects.first().start(page, admin)
    ServicePage.objects.filter(pk=page.pk).update(has_unpublished_changes=False)
    _assert_held(run, tmp_path, "waits for approval")


def test_a_page_taken_offline_is_left_alone(run, tmp_path):
    run(jsonl(tmp_path / "a.jsonl", record()))
    service().unpublish()
    _assert_held(run, tmp_path, "has an unpublished draft")
    assert not service().live


def test_a_locked_page_is_left_alone(run, tmp_path):
    run(jsonl(tmp_path / "a.jsonl", record()))
    ServicePage.objects.update(locked=True)
    _assert_held(run, tmp_path, "is locked")


# --- the publish gate ------------------------------------------------------------------------------------------------


def test_a_record_that_fails_the_gate_comes_in_as_a_draft(run, tmp_path):
    output = run(jsonl(tmp_path / "a.jsonl", record(), record("1.900002", result="", audience=None)))
    assert not service("1.900002").live
    assert "1 are live and 1 are drafts" in output
    assert count(output, "result") == count(output, "audience") == 1


def test_a_draft_goes_live_when_the_file_completes_it(run, tmp_path):
    run(jsonl(tmp_path / "a.jsonl", record(result="")))
    run(jsonl(tmp_path / "b.jsonl", record()))
    assert service().live
    assert service().first_published_at


def test_a_live_page_does_not_get_worse(run, tmp_path):
    run(jsonl(tmp_path / "a.jsonl", record()))
    output = run(jsonl(tmp_path / "b.jsonl", record(result="", steps="")))
    assert "the live page would lose what it needs: steps, result" in output
    assert service().result == "Giấy xác nhận"


def test_a_procedure_without_a_page_gets_one(run, tmp_path):
    Procedure.objects.create(code="1.900001", field=Field.objects.create(name="Khác"))
    run(jsonl(tmp_path / "a.jsonl", record()))
    assert service().live
    assert service().procedure.field.name == "Cư trú"


LACKING = ("channels", "documents", "time_limit", "steps", "legal_basis", "agency", "audience", "decision_number")


@pytest.mark.parametrize("column", LACKING)
def test_the_report_tells_what_the_page_itself_lacks(run, tmp_path, column):
    output = run(jsonl(tmp_path / "a.jsonl", record(**{column: None})))
    lacking = ", ".join(item.key for item in service().missing_items())
    assert lacking
    assert f"(draft; missing: {lacking})" in output
