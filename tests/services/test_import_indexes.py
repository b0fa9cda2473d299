"""What an import leaves in the tree, in search, in Wagtail's index and in the index of references."""

from io import StringIO

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from wagtail.models import Page, ReferenceIndex
from wagtail.search.models import IndexEntry

from core.models import PortalDocument
from departments.models import Field
from search.models import SearchEntry
from services.models import Audience, Procedure, ServicePage
from tests.services.fixtures.import_command import service
from tests.services.fixtures.import_records import jsonl, record

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def test_the_tree_needs_no_mending(run, tmp_path, unit):
    other = [record(f"1.91{at:04d}", agency="Bộ Công an") for at in range(3)]
    run(jsonl(tmp_path / "a.jsonl", *[record(f"1.90{at:04d}") for at in range(3)], *other))
    unit.add_child(instance=ServicePage(title="Bằng tay", procedure=Procedure.objects.first(), live=False))
    problems = Page.find_problems()
    assert problems == ([], [], [], [], [])
    out = StringIO()
    call_command("fixtree", interactive=False, stdout=out)
    assert out.getvalue().count("No problems found") >= 1


def test_pages_are_found_by_search_and_by_wagtail(run, tmp_path):
    run(jsonl(tmp_path / "a.jsonl", record(), record("1.900002", result="")))
    page = service()
    assert SearchEntry.objects.filter(page=page).exists()
    assert not SearchEntry.objects.filter(page=service("1.900002")).exists()
    assert IndexEntry.objects.filter(object_id=str(page.pk), title__contains="cư trú").exists()


def test_references_are_those_that_wagtail_would_find(run, tmp_path, unit):
    fields = ["content_type", "base_content_type", "object_id", "to_content_type", "to_object_id"]
    fields += ["model_path", "content_path", "content_path_hash"]
    run(jsonl(tmp_path / "a.jsonl", record(), record("1.900002")))
    form = PortalDocument.objects.create(title="Tờ khai", file="to-khai.pdf")
    page = service()
    page.competent_unit = unit.department
    page.cases.raw_data[0]["value"]["papers"][0]["value"]["form"] = form.pk
    page.save()
    run(jsonl(tmp_path / "b.jsonl", record(field="Khác")))
    written = set(ReferenceIndex.objects.values_list(*fields))
    call_command("rebuild_references_index", verbosity=0)
    assert written == set(ReferenceIndex.objects.values_list(*fields))


def test_wagtails_index_is_the_one_that_a_rebuild_would_make(run, tmp_path, unit):
    run(jsonl(tmp_path / "a.jsonl", record(), record("1.900002", field="Hộ tịch", audience="Hợp tác xã")))
    run(jsonl(tmp_path / "b.jsonl", record(name="Cấp giấy mới")))
    types = ContentType.objects.get_for_models(ServicePage, Procedure, Field, Audience).values()
    entries = IndexEntry.objects.filter(content_type__in=types)
    columns = ("content_type__model", "object_id", "title", "body", "autocomplete")
    written = set(entries.values_list(*columns))
    assert {row[0] for row in written} == {"servicepage", "procedure", "field", "audience"}
    call_command("update_index", verbosity=0, stdout=StringIO())
    assert written == set(entries.values_list(*columns))


def test_an_entry_names_the_units_that_the_file_names_now(run, tmp_path, unit):
    run(jsonl(tmp_path / "a.jsonl", record(agency="Bộ Công an")))
    assert "unit" not in SearchEntry.objects.get(page=service()).facets
    run(jsonl(tmp_path / "b.jsonl", record()))
    assert SearchEntry.objects.get(page=service()).facets["unit"] == [unit.department.slug]
