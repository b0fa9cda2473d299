"""Who may import, and where."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from wagtail.models import GroupPagePermission, PageLogEntry

from services.models import ServicePage
from tests.services.fixtures.import_command import service
from tests.services.fixtures.import_records import jsonl, record

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def test_writing_needs_a_user_who_exists(run, tmp_path):
    path = jsonl(tmp_path / "a.jsonl", record())
    with pytest.raises(CommandError, match="needs --user"):
        call_command("import_services", path, "--apply")
    with pytest.raises(CommandError, match="no active user “nobody”"):
        call_command("import_services", path, "--apply", "--user", "nobody")


@pytest.mark.parametrize("reason", [(), ("--reason", " ")])
def test_writing_needs_a_reason(admin, tmp_path, reason):
    path = jsonl(tmp_path / "a.jsonl", record())
    with pytest.raises(CommandError, match="--reason"):
        call_command("import_services", path, "--apply", "--user", "admin", *reason)
    assert not ServicePage.objects.exists()


def test_the_reason_is_kept_with_every_page(run, tmp_path, unit):
    run(jsonl(tmp_path / "a.jsonl", record()))
    assert PageLogEntry.objects.get(page=service().pk).data["comment"] == "Cập nhật định kỳ"


def test_whoever_may_publish_in_the_admin_may_not_import_for_that(tmp_path, unit):
    user = get_user_model().objects.create_user("member", "member@example.vn", "x")
    group = Group.objects.create(name="Nhóm")
    for permission in ("add", "change", "publish"):
        GroupPagePermission.objects.create(group=group, page=unit, permission_type=permission)
    user.groups.add(group)
    path = jsonl(tmp_path / "a.jsonl", record())
    with pytest.raises(CommandError, match="member may not import"):
        call_command("import_services", path, "--apply", "--user", "member", "--reason", "Gấp", verbosity=0)
    assert not ServicePage.objects.exists()
