"""Who may import, and where."""

from io import StringIO

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from wagtail.models import GroupPagePermission

from services.models import ServicePage
from tests.services.fixtures.import_command import service
from tests.services.fixtures.import_records import jsonl, record

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


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
    assert service().owner == user


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
