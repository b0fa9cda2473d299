"""Who makes and changes accounts: those who manage people do not become superusers, nor take their accounts over."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.urls import reverse

from departments.roles import ADMINISTRATOR, AUTHOR, PUBLISHER, ROLES, group_of
from tests import factories as make

User = get_user_model()


@pytest.fixture(scope="module")
def made(rolled_back):
    section = make.add_unit("Phòng Tư pháp")
    users = {role.key: make.add_member(role, section) for role in ROLES}
    return {**users, "superuser": make.add_administrator(), "unit": section.department}


@pytest.fixture
def as_administrator(client, db, made):
    client.force_login(made["administrator"])
    return client


def person(**values):
    return {"username": "moi", "email": "moi@example.org", "first_name": "Lan", "last_name": "Nguyễn", **values}


def add(client, **values):
    client.post(reverse("wagtailusers_users:add"), person(password1="Ba-con-meo-9", password2="Ba-con-meo-9", **values))
    return User.objects.filter(username="moi").first()


@pytest.mark.parametrize("role", [role.key for role in ROLES] + ["superuser"])
def test_who_adds_people(client, db, made, role):
    client.force_login(made[role])
    assert bool(add(client)) == (role in {"administrator", "superuser"})


@pytest.mark.parametrize("role", [role.key for role in ROLES] + ["superuser"])
def test_who_makes_groups_with_rights_of_their_own(client, db, made, role):
    client.force_login(made[role])
    empty = ("page_permissions", "document_permissions", "image_permissions", "collection_permissions")
    data = {f"{name}-{total}_FORMS": "0" for name in empty for total in ("TOTAL", "INITIAL")}
    client.post(reverse("wagtailusers_groups:add"), {"name": "Nhóm tự đặt", **data})
    assert Group.objects.filter(name="Nhóm tự đặt").exists() == (role == "superuser")


def test_the_administrator_gives_people_their_role(as_administrator, made):
    group = group_of(AUTHOR, made["unit"])
    assert add(as_administrator, groups=[group.pk]).groups.get() == group


def test_the_administrator_makes_no_superuser(as_administrator):
    assert add(as_administrator, is_superuser="on") is None


def test_the_administrator_makes_nobody_a_superuser(as_administrator, made):
    author = made["author"]
    data = person(username=author.username, is_active="on", is_superuser="on")
    as_administrator.post(reverse("wagtailusers_users:edit", args=[author.pk]), data)
    assert not User.objects.filter(pk=author.pk, is_superuser=True).exists()


def test_the_administrator_does_not_take_a_superusers_account_over(as_administrator, made):
    owner = made["superuser"]
    data = person(username=owner.username, is_active="on", password1="Ba-con-meo-9", password2="Ba-con-meo-9")
    as_administrator.post(reverse("wagtailusers_users:edit", args=[owner.pk]), data)
    assert User.objects.get(pk=owner.pk).check_password("mat-khau")


def test_the_administrator_shuts_no_superuser_out_in_bulk(as_administrator, made):
    url = reverse("wagtail_bulk_action", args=["core", "user", "set_active_state"])
    as_administrator.post(f"{url}?id={made['superuser'].pk}", {"mark_as_active": "False"})
    assert User.objects.get(pk=made["superuser"].pk).is_active


def test_the_administrator_shuts_an_author_out(as_administrator, made):
    url = reverse("wagtail_bulk_action", args=["core", "user", "set_active_state"])
    as_administrator.post(f"{url}?id={made['author'].pk}", {"mark_as_active": "False"})
    assert not User.objects.get(pk=made["author"].pk).is_active


def test_a_superuser_makes_another(client, db, made):
    client.force_login(made["superuser"])
    assert add(client, is_superuser="on", groups=[group_of(PUBLISHER).pk]).is_superuser


def test_the_administrator_is_no_superuser(made):
    assert not made[ADMINISTRATOR.key].is_superuser
