"""Under which section an imported page goes, and which units carry its procedure out."""

import pytest
from django.core.management import CommandError

from departments.models import Department, DepartmentPage
from tests.services.fixtures.import_command import service
from tests.services.fixtures.import_records import jsonl, record

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def test_what_no_unit_carries_out_goes_under_a_section_that_is_made(run, tmp_path):
    output = run(jsonl(tmp_path / "a.jsonl", record()))
    section = service().get_parent().specific
    assert section.slug == "co-quan-khac"
    assert section.department.kind == "public_unit"
    assert not service().procedure.units.exists()
    assert "Ủy ban nhân dân xã Bình Minh" in output


def test_another_section_can_be_named(run, tmp_path, unit):
    run(jsonl(tmp_path / "a.jsonl", record(agency="Bộ Công an")), "--section", unit.slug)
    assert service().get_parent().specific == unit
    assert not DepartmentPage.objects.filter(slug="co-quan-khac").exists()


def test_a_section_that_is_not_there_is_an_error(run, tmp_path):
    with pytest.raises(CommandError, match="no section “nowhere”"):
        run(jsonl(tmp_path / "a.jsonl", record()), "--section", "nowhere")


@pytest.mark.parametrize("agency", ["UBND XÃ BÌNH MINH", "Bộ Công an; ủy ban nhân dân xã bình minh"])
def test_units_are_matched_by_folded_name_and_alias(run, tmp_path, unit, agency):
    run(jsonl(tmp_path / "a.jsonl", record(agency=agency)))
    assert list(service().procedure.units.all()) == [unit.department]
    assert service().agency_text == agency


def test_a_name_of_two_units_means_neither(run, tmp_path, unit):
    Department.objects.create(name="UBND xã Bình Minh", kind="commune")
    run(jsonl(tmp_path / "a.jsonl", record(agency="UBND xã Bình Minh")))
    assert not service().procedure.units.exists()
