"""`import_services` from the command line: a difference first, then batches that are whole, repeatable and gated."""

import datetime
import re
from io import StringIO

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.utils import translation
from wagtail.models import GroupPagePermission, Page, PageLogEntry, ReferenceIndex, Revision, Workflow
from wagtail.search.models import IndexEntry

from core.models import PortalDocument
from core.page_cache import read_version
from departments.models import Department, DepartmentIndexPage, DepartmentPage, Field
from search.models import SearchEntry
from services.importing import applying, running
from services.models import Audience, MaturityRecord, Procedure, ProcedureAlias, ServicePage
from tests.services.fixtures.import_records import csv_file, jsonl, record, table

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def import_in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def admin():
    return get_user_model().objects.create_superuser("admin", "admin@example.vn", "x")


@pytest.fixture
def run(admin):
    """Run the command as the administrator; its output is returned."""

    def _run(path, *options, apply=True):
        out = StringIO()
        arguments = ("--apply", "--user", "admin") if apply else ()
        call_command("import_services", path, *arguments, *options, stdout=out, verbosity=0)
        return out.getvalue()

    return _run


@pytest.fixture
def unit():
    """A unit of the portal with its section."""
    department = Department.objects.create(
        name="Ủy ban nhân dân xã Bình Minh", kind="commune", aliases="UBND xã Bình Minh"
    )
    index = DepartmentIndexPage.objects.get(locale__language_code="vi")
    return index.add_child(instance=DepartmentPage(title="Xã Bình Minh", department=department, locale=index.locale))


def _service(code="1.900001"):
    return ServicePage.objects.get(procedure__code=code)


def _count(output, label):
    (number,) = re.findall(rf"^ *(\d+)  {re.escape(label)}$", output, re.MULTILINE)
    return int(number)


def _state():
    """Every row that an import could touch."""
    models = (Page, ServicePage, Procedure, Field, Audience, Department, SearchEntry, Revision, PageLogEntry)
    rows = {model.__name__: list(model.objects.order_by("pk").values()) for model in models}
    through = Procedure.audiences.through.objects.order_by("pk").values()
    return rows | {"audiences": list(through), "references": ReferenceIndex.objects.count()}


# --- dry run and writing -------------------------------------------------------------------------------------------


def test_a_dry_run_shows_the_difference_and_writes_nothing(run, tmp_path):
    before = _state()
    output = run(jsonl(tmp_path / "a.jsonl", record(), record("1.900002", result="")), apply=False)
    assert _state() == before
    assert "+ 1.900001  Cấp giấy xác nhận cư trú\n" in output
    assert "(draft; missing: result)" in output
    assert "nothing is written" in output


def test_a_service_is_written_whole(run, tmp_path, unit):
    run(jsonl(tmp_path / "a.jsonl", record()))
    page = _service()
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
    before = _state()
    output = run(path)
    assert _state() == before
    assert _count(output, "unchanged") == 2


def test_what_changed_is_named_and_written(run, tmp_path, unit):
    run(jsonl(tmp_path / "a.jsonl", record()))
    path = jsonl(tmp_path / "b.jsonl", record(result="Bản điện tử", level=["tỉnh"], level_raw=None))
    assert "result: “Giấy xác nhận” → “Bản điện tử”" in run(path, apply=False)
    output = run(path)
    page = _service()
    assert _count(output, "changed") == 1
    assert page.result == "Bản điện tử"
    assert page.procedure.government_levels == ["province"]
    assert page.procedure.audiences.count() == 3
    assert page.latest_revision is None


def test_a_page_keeps_its_address_when_its_name_changes(run, tmp_path):
    run(jsonl(tmp_path / "a.jsonl", record()))
    slug = _service().slug
    run(jsonl(tmp_path / "b.jsonl", record(name="Cấp giấy mới")))
    page = _service()
    assert (page.title, page.draft_title, page.slug) == ("Cấp giấy mới", "Cấp giấy mới", slug)


def test_a_field_that_the_file_does_not_name_stays(run, tmp_path):
    run(jsonl(tmp_path / "a.jsonl", record(apply_url="https://example.vn/nop")))
    run(jsonl(tmp_path / "b.jsonl", record(result="Bản điện tử")))
    assert _service().apply_url == "https://example.vn/nop"


def test_a_form_that_an_editor_chose_stays_with_its_paper(run, tmp_path):
    run(jsonl(tmp_path / "a.jsonl", record()))
    form = PortalDocument.objects.create(title="Tờ khai", file="to-khai.pdf")
    page = _service()
    page.cases.raw_data[0]["value"]["papers"][0]["value"]["form"] = form.pk
    page.save()
    run(jsonl(tmp_path / "b.jsonl", record(documents="- Tờ khai [2 bản chính]")))
    (paper,) = _service().papers
    assert (paper["originals"], paper["form"]) == (2, form)


def test_a_page_that_editors_published_gets_a_revision(run, admin, tmp_path):
    run(jsonl(tmp_path / "a.jsonl", record()))
    _service().save_revision(user=admin).publish()
    path = jsonl(tmp_path / "b.jsonl", record(result="Bản điện tử"))
    run(path)
    page = _service()
    assert page.result == page.get_latest_revision_as_object().result == "Bản điện tử"
    assert not page.has_unpublished_changes
    assert _count(run(path), "unchanged") == 1


def test_titles_alike_get_addresses_of_their_own(run, tmp_path):
    run(jsonl(tmp_path / "a.jsonl", record(), record("1.900002")))
    assert [_service(code).slug for code in ("1.900001", "1.900002")] == [
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
    entry = PageLogEntry.objects.get(page=_service())
    assert (entry.action, entry.user, entry.data) == ("wagtail.create", admin, {"import": "1.900001"})


def test_readers_get_new_pages_at_once(run, tmp_path, django_capture_on_commit_callbacks):
    before = read_version()
    with django_capture_on_commit_callbacks(execute=True):
        run(jsonl(tmp_path / "a.jsonl", record()))
    assert read_version() > before


# --- the tree and the indexes --------------------------------------------------------------------------------------


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
    page = _service()
    assert SearchEntry.objects.filter(page=page).exists()
    assert not SearchEntry.objects.filter(page=_service("1.900002")).exists()
    assert IndexEntry.objects.filter(object_id=str(page.pk), title__contains="cư trú").exists()


def test_references_are_those_that_wagtail_would_find(run, tmp_path, unit):
    fields = ["content_type", "base_content_type", "object_id", "to_content_type", "to_object_id"]
    fields += ["model_path", "content_path", "content_path_hash"]
    run(jsonl(tmp_path / "a.jsonl", record(), record("1.900002")))
    form = PortalDocument.objects.create(title="Tờ khai", file="to-khai.pdf")
    page = _service()
    page.competent_unit = unit.department
    page.cases.raw_data[0]["value"]["papers"][0]["value"]["form"] = form.pk
    page.save()
    run(jsonl(tmp_path / "b.jsonl", record(field="Khác")))
    written = set(ReferenceIndex.objects.values_list(*fields))
    call_command("rebuild_references_index", verbosity=0)
    assert written == set(ReferenceIndex.objects.values_list(*fields))


# --- sections ------------------------------------------------------------------------------------------------------


def test_what_no_unit_carries_out_goes_under_a_section_that_is_made(run, tmp_path):
    output = run(jsonl(tmp_path / "a.jsonl", record()))
    section = _service().get_parent().specific
    assert section.slug == "co-quan-khac"
    assert section.department.kind == "public_unit"
    assert not _service().procedure.units.exists()
    assert "Ủy ban nhân dân xã Bình Minh" in output


def test_another_section_can_be_named(run, tmp_path, unit):
    run(jsonl(tmp_path / "a.jsonl", record(agency="Bộ Công an")), "--section", unit.slug)
    assert _service().get_parent().specific == unit
    assert not DepartmentPage.objects.filter(slug="co-quan-khac").exists()


def test_a_section_that_is_not_there_is_an_error(run, tmp_path):
    with pytest.raises(CommandError, match="no section “nowhere”"):
        run(jsonl(tmp_path / "a.jsonl", record()), "--section", "nowhere")


@pytest.mark.parametrize("agency", ["UBND XÃ BÌNH MINH", "Bộ Công an; ủy ban nhân dân xã bình minh"])
def test_units_are_matched_by_folded_name_and_alias(run, tmp_path, unit, agency):
    run(jsonl(tmp_path / "a.jsonl", record(agency=agency)))
    assert list(_service().procedure.units.all()) == [unit.department]
    assert _service().agency_text == agency


def test_a_name_of_two_units_means_neither(run, tmp_path, unit):
    Department.objects.create(name="UBND xã Bình Minh", kind="commune")
    run(jsonl(tmp_path / "a.jsonl", record(agency="UBND xã Bình Minh")))
    assert not _service().procedure.units.exists()


# --- work in progress ----------------------------------------------------------------------------------------------


def _assert_held(run, tmp_path, reason):
    output = run(jsonl(tmp_path / "b.jsonl", record(result="Bản điện tử"), record("1.900002")))
    assert f"! 1.900001  {reason}" in output
    assert _count(output, "held back: somebody is working on the page") == 1
    assert _service().result == "Giấy xác nhận"
    assert _service("1.900002").live


def test_a_page_with_an_unpublished_draft_is_left_alone(run, tmp_path):
    run(jsonl(tmp_path / "a.jsonl", record()))
    page = _service()
    page.summary = "Đang sửa"
    page.save_revision()
    _assert_held(run, tmp_path, "has an unpublished draft")
    assert _service().get_latest_revision_as_object().summary == "Đang sửa"


def test_a_page_that_waits_for_approval_is_left_alone(run, admin, tmp_path):
    run(jsonl(tmp_path / "a.jsonl", record()))
    page = _service()
    page.save_revision()
    Workflow.objects.first().start(page, admin)
    ServicePage.objects.filter(pk=page.pk).update(has_unpublished_changes=False)
    _assert_held(run, tmp_path, "waits for approval")


def test_a_page_taken_offline_is_left_alone(run, tmp_path):
    run(jsonl(tmp_path / "a.jsonl", record()))
    _service().unpublish()
    _assert_held(run, tmp_path, "has an unpublished draft")
    assert not _service().live


def test_a_locked_page_is_left_alone(run, tmp_path):
    run(jsonl(tmp_path / "a.jsonl", record()))
    ServicePage.objects.update(locked=True)
    _assert_held(run, tmp_path, "is locked")


# --- the publish gate ----------------------------------------------------------------------------------------------


def test_a_record_that_fails_the_gate_comes_in_as_a_draft(run, tmp_path):
    output = run(jsonl(tmp_path / "a.jsonl", record(), record("1.900002", result="", audience=None)))
    assert not _service("1.900002").live
    assert "1 are live and 1 are drafts" in output
    assert _count(output, "result") == _count(output, "audience") == 1


def test_a_draft_goes_live_when_the_file_completes_it(run, tmp_path):
    run(jsonl(tmp_path / "a.jsonl", record(result="")))
    run(jsonl(tmp_path / "b.jsonl", record()))
    assert _service().live
    assert _service().first_published_at


def test_a_live_page_does_not_get_worse(run, tmp_path):
    run(jsonl(tmp_path / "a.jsonl", record()))
    output = run(jsonl(tmp_path / "b.jsonl", record(result="", steps="")))
    assert "the live page would lose what it needs: steps, result" in output
    assert _service().result == "Giấy xác nhận"


def test_a_procedure_without_a_page_gets_one(run, tmp_path):
    Procedure.objects.create(code="1.900001", field=Field.objects.create(name="Khác"))
    run(jsonl(tmp_path / "a.jsonl", record()))
    assert _service().live
    assert _service().procedure.field.name == "Cư trú"


# --- levels --------------------------------------------------------------------------------------------------------


def test_a_record_without_a_level_gets_none(run, tmp_path):
    output = run(jsonl(tmp_path / "a.jsonl", record(maturity="toàn trình")))
    assert not MaturityRecord.objects.exists()
    assert _count(output, "stated without a date") == 1


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


def test_a_level_whose_items_are_missing_is_refused_and_the_page_is_not(run, tmp_path):
    path = csv_file(tmp_path / "a.csv", table(record(**FULL)))
    assert _count(run(path, apply=False), "form, apply_url") == 1
    output = run(path)
    assert not MaturityRecord.objects.exists()
    assert "stated but not recorded" in output
    assert _service().live


def test_a_recorded_level_is_not_changed(run, tmp_path):
    run(csv_file(tmp_path / "a.csv", table(record(maturity_level="1", maturity_date="2025-03-01"))))
    changed = record(maturity="cung cấp thông tin", maturity_date="2025-03-01")
    output = run(csv_file(tmp_path / "b.csv", table(changed)))
    assert _count(output, "another level is recorded for that day") == 1
    assert MaturityRecord.objects.get().level == 1


def test_a_level_of_an_unknown_unit_is_refused(run, tmp_path):
    stated = record(maturity_level="1", maturity_date="2025-03-01", maturity_unit="Đâu đó")
    assert _count(run(csv_file(tmp_path / "a.csv", table(stated))), "no unit is called “Đâu đó”") == 1


# --- bad rows ------------------------------------------------------------------------------------------------------


def test_bad_rows_do_not_stop_the_others(run, tmp_path):
    output = run(jsonl(tmp_path / "a.jsonl", record("x"), "{", record("1.900002")))
    assert "x line 1, column code: “x” is no procedure code" in output
    assert "x line 2: not valid JSON" in output
    assert _count(output, "refused") == 2
    assert _service("1.900002").live


def test_columns_that_are_not_read_are_told(run, tmp_path):
    output = run(csv_file(tmp_path / "a.csv", table(record(Ghi_chú="x"))))
    assert _count(output, "Ghi_chú") == 1


def test_a_code_that_stands_twice_is_taken_once(run, tmp_path):
    output = run(jsonl(tmp_path / "a.jsonl", record(), record(result="Khác")))
    assert "x line 2, column code: procedure 1.900001 is on line 1 already" in output
    assert _service().result == "Giấy xác nhận"


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
    assert _count(output, "refused") == 1
    assert "1.900002: the database refuses the row" in output
    assert set(ServicePage.objects.values_list("procedure__code", flat=True)) == {"1.900001", "1.900003"}


def test_strict_writes_nothing_where_a_row_is_refused(run, tmp_path):
    before = _state()
    with pytest.raises(CommandError, match="nothing is written") as caught:
        run(jsonl(tmp_path / "a.jsonl", record(), record("x")), "--strict")
    assert caught.value.returncode == 1
    assert _state() == before


def test_strict_writes_nothing_where_the_database_refuses_a_row(run, tmp_path, monkeypatch):
    monkeypatch.setattr(running, "BATCH", 1)
    insert = applying.insert_pages

    def refuse(pages):
        if any(page.procedure.code == "1.900002" for page, _section in pages):
            Procedure.objects.create(code="1.900009")
        insert(pages)

    monkeypatch.setattr(applying, "insert_pages", refuse)
    before = _state()
    with pytest.raises(CommandError, match="nothing is written"):
        run(jsonl(tmp_path / "a.jsonl", record(), record("1.900002")), "--strict")
    assert _state() == before


def test_strict_writes_a_good_file(run, tmp_path):
    run(jsonl(tmp_path / "a.jsonl", record()), "--strict")
    assert _service().live


def test_a_file_that_cannot_be_read_is_an_error(run, tmp_path):
    with pytest.raises(CommandError, match="cannot be opened"):
        run(tmp_path / "none.jsonl")
    with pytest.raises(CommandError, match="no rows"):
        run(jsonl(tmp_path / "a.jsonl", ""))


# --- rights --------------------------------------------------------------------------------------------------------


def _member(*permissions, page):
    user = get_user_model().objects.create_user("member", "member@example.vn", "x")
    group = Group.objects.create(name="Nhóm")
    for permission in permissions:
        GroupPagePermission.objects.create(group=group, page=page, permission_type=permission)
    user.groups.add(group)
    return user


def _as_member(path):
    call_command("import_services", path, "--apply", "--user", "member", stdout=StringIO(), verbosity=0)


def test_writing_needs_a_user_who_exists(run, tmp_path):
    path = jsonl(tmp_path / "a.jsonl", record())
    with pytest.raises(CommandError, match="needs --user"):
        call_command("import_services", path, "--apply")
    with pytest.raises(CommandError, match="no active user “nobody”"):
        call_command("import_services", path, "--apply", "--user", "nobody")


def test_who_may_publish_under_the_section_may_import(tmp_path, unit):
    user = _member("add", "publish", page=unit)
    _as_member(jsonl(tmp_path / "a.jsonl", record()))
    assert _service().owner == user


@pytest.mark.parametrize("permissions", [(), ("add",), ("change",)])
def test_who_may_not_publish_may_not_import(tmp_path, unit, permissions):
    _member(*permissions, page=unit)
    with pytest.raises(CommandError, match="member may not publish under “Xã Bình Minh”"):
        _as_member(jsonl(tmp_path / "a.jsonl", record()))
    assert not ServicePage.objects.exists()


def test_a_right_for_one_section_is_none_for_the_others(tmp_path, unit):
    _member("add", "publish", page=unit)
    with pytest.raises(CommandError, match="may not publish"):
        _as_member(jsonl(tmp_path / "a.jsonl", record(), record("1.900002", agency="Bộ Công an")))
    assert not ServicePage.objects.exists()
