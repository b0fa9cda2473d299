"""`import_services` shows a difference first, then writes rows whole and once."""

import uuid

import pytest
from wagtail.models import PageLogEntry

from core.models import PortalDocument
from core.page_cache import read_version
from departments.models import Field
from services.models import Audience, Procedure
from tests.services.fixtures.import_command import count, service, state
from tests.services.fixtures.import_records import jsonl, record

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def test_a_dry_run_shows_the_difference_and_writes_nothing(run, tmp_path):
    before = state()
    output = run(jsonl(tmp_path / "a.jsonl", record(), record("1.900002", result="")), apply=False)
    assert state() == before
    assert "+ 1.900001  Cấp giấy xác nhận cư trú\n" in output
    assert "(draft; missing: result)" in output
    assert "nothing is written" in output


def test_a_service_is_written_whole(run, tmp_path, unit):
    run(jsonl(tmp_path / "a.jsonl", record()))
    page = service()
    assert page.live
    assert page.title == "Cấp giấy xác nhận cư trú"
    assert page.full_name == "Thủ tục cấp giấy xác nhận cư trú"
    assert page.get_parent().specific == unit
    assert page.decision_number == "12/QĐ-BCA"
    assert (page.source_url, page.apply_url) == ("https://example.vn/thu-tuc/1", "")
    assert [child.value["text"] for child in page.steps] == ["Nộp hồ sơ.", "Nhận kết quả."]
    assert [(c["kind"], c["time_value"], c["time_unit"]) for c in page.channel_values] == [
        ("online", 3, "working_day"),
        ("direct", 1, "day"),
    ]
    assert [(paper["name"], paper["originals"], paper["copies"]) for paper in page.papers] == [
        ("Tờ khai", 1, None),
        ("Căn cước", 0, 1),
    ]
    assert page.is_free
    assert page.latest_revision is None
    assert not page.has_unpublished_changes


def test_the_procedure_is_written_whole(run, tmp_path, unit):
    run(jsonl(tmp_path / "a.jsonl", record()))
    procedure = Procedure.objects.get(code="1.900001")
    assert procedure.field.name == "Cư trú"
    assert procedure.government_levels == ["commune"]
    assert list(procedure.units.all()) == [unit.department]
    assert {(row.name, row.group) for row in procedure.audiences.all()} == {
        ("Công dân Việt Nam", "individual"),
        ("Cán bộ, công chức, viên chức", "individual"),
        ("Tổ chức (không bao gồm doanh nghiệp, HTX)", "organisation"),
    }


def test_a_second_run_changes_no_row(run, tmp_path, unit):
    path = jsonl(tmp_path / "a.jsonl", record(), record("1.900002", result=""))
    run(path)
    before = state()
    output = run(path)
    assert state() == before
    assert count(output, "unchanged") == 2


def test_what_changed_is_named_and_written(run, tmp_path, unit):
    run(jsonl(tmp_path / "a.jsonl", record()))
    path = jsonl(tmp_path / "b.jsonl", record(result="Bản điện tử", level=["tỉnh"], level_raw=None))
    assert "result: “Giấy xác nhận” → “Bản điện tử”" in run(path, apply=False)
    output = run(path)
    page = service()
    assert count(output, "changed") == 1
    assert page.result == "Bản điện tử"
    assert page.procedure.government_levels == ["province"]
    assert page.procedure.audiences.count() == 3
    assert page.latest_revision is None


def test_a_page_keeps_its_address_when_its_name_changes(run, tmp_path):
    run(jsonl(tmp_path / "a.jsonl", record()))
    slug = service().slug
    run(jsonl(tmp_path / "b.jsonl", record(name="Cấp giấy mới")))
    page = service()
    assert (page.title, page.draft_title, page.slug) == ("Cấp giấy mới", "Cấp giấy mới", slug)


def test_a_field_that_the_file_does_not_name_stays(run, tmp_path):
    run(jsonl(tmp_path / "a.jsonl", record(apply_url="https://example.vn/nop")))
    run(jsonl(tmp_path / "b.jsonl", record(result="Bản điện tử")))
    assert service().apply_url == "https://example.vn/nop"


def test_a_form_that_an_editor_chose_stays_with_its_paper(run, tmp_path):
    run(jsonl(tmp_path / "a.jsonl", record()))
    form = PortalDocument.objects.create(title="Tờ khai", file="to-khai.pdf")
    page = service()
    page.cases.raw_data[0]["value"]["papers"][0]["value"]["form"] = form.pk
    page.save()
    run(jsonl(tmp_path / "b.jsonl", record(documents="- Tờ khai [2 bản chính]")))
    (paper,) = service().papers
    assert (paper["originals"], paper["form"]) == (2, form)


def test_a_page_that_editors_published_gets_a_revision(run, admin, tmp_path):
    run(jsonl(tmp_path / "a.jsonl", record()))
    service().save_revision(user=admin).publish()
    path = jsonl(tmp_path / "b.jsonl", record(result="Bản điện tử"))
    run(path)
    page = service()
    assert page.result == page.get_latest_revision_as_object().result == "Bản điện tử"
    assert not page.has_unpublished_changes
    assert count(run(path), "unchanged") == 1


def test_titles_alike_get_addresses_of_their_own(run, tmp_path):
    run(jsonl(tmp_path / "a.jsonl", record(), record("1.900002")))
    assert [service(code).slug for code in ("1.900001", "1.900002")] == [
        "cap-giay-xac-nhan-cu-tru",
        "cap-giay-xac-nhan-cu-tru-2",
    ]


def test_fields_and_audiences_of_one_folded_name_are_one(run, tmp_path):
    Field.objects.create(name="CƯ TRÚ")
    run(jsonl(tmp_path / "a.jsonl", record(), record("1.900002", field="cu trú", audience="công dân việt nam")))
    assert Field.objects.count() == 1
    assert Audience.objects.filter(name__iexact="Công dân Việt Nam").count() == 1


def test_the_log_names_who_imported(run, admin, tmp_path):
    run(jsonl(tmp_path / "a.jsonl", record()))
    entry = PageLogEntry.objects.get(page=service())
    assert (entry.action, entry.user) == ("wagtail.create", admin)
    assert entry.data == {"import": "1.900001", "comment": "Cập nhật định kỳ"}


def test_readers_get_new_pages_at_once(run, tmp_path, django_capture_on_commit_callbacks):
    before = read_version()
    with django_capture_on_commit_callbacks(execute=True):
        run(jsonl(tmp_path / "a.jsonl", record()))
    assert read_version() > before


def test_fields_whose_words_in_addresses_are_alike_get_their_own(run, tmp_path):
    Field.objects.create(name="Cư trú?")
    run(jsonl(tmp_path / "a.jsonl", record(), record("1.900002", field="Cư trú.")))
    slugs = Field.objects.order_by("pk").values_list("slug", flat=True)
    assert list(slugs) == ["cu-tru", "cu-tru-2", "cu-tru-3"]


def test_parts_are_known_by_their_place(run, tmp_path):
    run(jsonl(tmp_path / "a.jsonl", record()))
    assert service().steps[1].id == str(uuid.uuid5(uuid.NAMESPACE_URL, "1.900001/steps/1"))
