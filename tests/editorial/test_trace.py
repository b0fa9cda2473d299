"""Each step of the editorial work is one line of JSON beside Wagtail's audit log."""

import json
import logging

import pytest
from django.contrib.auth.models import Permission
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse
from wagtail.log_actions import log
from wagtail.models import GroupPagePermission

from departments.roles import AUTHOR, group_of
from tests import factories as make
from tests.services.fixtures.import_records import jsonl, record

pytestmark = pytest.mark.django_db


@pytest.fixture
def lines(tmp_path):
    """A log of this test's own; call it to read its lines."""
    logger = logging.getLogger("portal.editorial")
    kept, file = logger.handlers[:], tmp_path / "editorial.log"
    handler = logging.handlers.WatchedFileHandler(file, encoding="utf-8", delay=True)
    logger.handlers = [handler]
    yield lambda: [json.loads(line) for line in file.read_text("utf-8").splitlines()] if file.exists() else []
    handler.close()
    logger.handlers = kept


def test_a_draft_saved_in_the_editor_is_a_line_with_who_what_and_where(client, committed, lines):
    section = make.add_unit("Phòng Tư pháp")
    page = make.add_service(section, "Đăng ký khai sinh")
    author = make.add_member(AUTHOR, section, name="tac-gia")
    client.force_login(author)
    with committed():
        client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), make.service_form(page, conditions="Mới"))
    (line,) = [line for line in lines() if line["action"] == "wagtail.edit"]
    assert (line["page"], line["title"], line["kind"]) == (page.pk, "Đăng ký khai sinh", "services.servicepage")
    assert (line["unit"], line["unit_name"]) == (section.department_id, "Phòng Tư pháp")
    assert (line["user"], line["user_name"]) == (author.pk, "tac-gia")
    assert line["revision"] == type(page).objects.get(pk=page.pk).latest_revision_id
    assert line["time"].endswith("+07:00")


def test_a_line_says_the_reason_that_was_given(committed, lines):
    page = make.add_service(make.add_unit())
    with committed():
        log(page, "editorial.publish_alone", user=make.add_administrator(), data={"comment": "Khẩn\ncấp"})
    assert [line["reason"] for line in lines()] == ["Khẩn\ncấp"]


def test_a_line_tells_nothing_of_a_person_but_the_user(committed, lines):
    page = make.add_service(make.add_unit())
    with committed():
        log(page, "wagtail.edit", user=make.add_administrator("quan-tri"))
    (line,) = lines()
    assert "example.org" not in json.dumps(line)


def test_a_step_that_is_rolled_back_leaves_no_line(committed, lines):
    page = make.add_service(make.add_unit())
    with committed(), pytest.raises(RuntimeError), transaction.atomic():
        log(page, "wagtail.edit")
        raise RuntimeError
    assert lines() == []


def test_what_the_system_does_has_no_user(committed, lines):
    page = make.add_service(make.add_unit())
    with committed():
        log(page, "wagtail.publish.scheduled")
    assert [(line["user"], line["user_name"]) for line in lines()] == [(None, "")]


def test_a_page_outside_of_sections_has_no_unit(committed, lines):
    index = make.services_index()
    with committed():
        log(index, "wagtail.edit")
    assert [line["unit"] for line in lines()] == [None]


def test_a_page_that_is_deleted_leaves_a_line(client, committed, lines):
    page = make.add_service(make.add_unit(), "Bản nháp", live=False)
    client.force_login(make.add_administrator())
    with committed():
        client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    (line,) = [line for line in lines() if line["action"] == "wagtail.delete"]
    assert (line["page"], line["title"]) == (page.pk, "Bản nháp")


def test_a_change_of_a_record_is_a_line(client, committed, lines):
    field = make.add_field("Hộ tịch")
    client.force_login(make.add_administrator())
    with committed():
        client.post(
            reverse("wagtailsnippets_departments_field:edit", args=[field.pk]),
            {"name": "Hộ tịch và chứng thực", "name_en": "", "slug": field.slug},
        )
    (line,) = [line for line in lines() if line["action"] == "wagtail.edit"]
    assert (line["kind"], line["record"]) == ("departments.field", str(field.pk))


def test_pages_that_are_imported_leave_a_line_each(committed, lines, tmp_path):
    importer = make.add_administrator("nguoi-nhap")
    file = jsonl(tmp_path / "a.jsonl", record(), record("1.900002"))
    with committed():
        call_command(
            "import_services", file, "--apply", "--user", "nguoi-nhap", "--reason", "Nhập lần đầu", verbosity=0
        )
    created = [line for line in lines() if line["kind"] == "services.servicepage"]
    assert [(line["action"], line["user"]) for line in created] == [("wagtail.create", importer.pk)] * 2


def test_rights_that_provisioning_gives_and_takes_are_a_line_for_each_group(committed, lines):
    section = make.add_unit("Phòng Tư pháp")
    with committed():
        call_command("sync_departments", verbosity=0)
    found = [line["title"] for line in lines() if line["action"] == "departments.rights"]
    assert sum(title.startswith("Phòng Tư pháp") for title in found) == 3
    group = group_of(AUTHOR, section.department)
    GroupPagePermission.objects.create(
        group=group, page=section, permission=Permission.objects.get(codename="lock_page")
    )
    with committed():
        call_command("sync_departments", "--prune", verbosity=0)
    assert (lines()[-1]["title"], lines()[-1]["record"]) == (group.name, str(group.pk))
    assert "wagtailcore.lock_page" in lines()[-1]["reason"]


def test_provisioning_that_changes_nothing_or_is_only_shown_leaves_no_line(committed, lines):
    make.add_unit("Phòng Tư pháp")
    with committed():
        call_command("sync_departments", "--dry-run", verbosity=0)
    assert lines() == []
    call_command("sync_departments", verbosity=0)
    with committed():
        call_command("sync_departments", verbosity=0)
    assert lines() == []
