"""A unit that was added in the admin is offered its section and rights; one click gives them."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from wagtail.models import PageLogEntry

from departments.models import Department, DepartmentPage
from departments.roles import ADMINISTRATOR, AUTHOR, PUBLISHER, ROLES, group_of
from tests import factories as make

FIELDS = "name_en short_name abbreviation parent aliases slug address phone email hours hours_en contact_person"
MAY = {"publisher", "administrator", "superuser"}


@pytest.fixture(scope="module")
def made(rolled_back):
    section = make.add_unit("Phòng Tư pháp")
    return {role.key: make.add_member(role, section) for role in ROLES} | {"superuser": make.add_administrator()}


@pytest.fixture
def unit(db, made):
    return Department.objects.create(name="Phòng Nội vụ", name_en="Home Affairs Division", kind="division")


@pytest.fixture
def board(client, db, made):
    client.force_login(made["publisher"])
    return client


def add(client, **values):
    data = dict.fromkeys([*FIELDS.split(), "valid_from", "valid_to", "successor"], "")
    data |= {"name": "Phòng Y tế", "kind": "division", **values}
    return client.post(reverse("wagtailsnippets_departments_department:add"), data, follow=True).content.decode()


def provide(client, unit):
    return client.post(reverse("departments_provide", args=[unit.pk]), follow=True)


def sections(unit):
    return {page.locale.language_code: page for page in DepartmentPage.objects.filter(department=unit)}


def test_whoever_adds_a_unit_is_offered_its_section(board):
    said = add(board)
    assert reverse("departments_provide", args=[Department.objects.get(name="Phòng Y tế").pk]) in said


def test_whoever_renames_a_complete_unit_is_offered_nothing(board):
    unit = Department.objects.get(name="Phòng Tư pháp")
    url = reverse("wagtailsnippets_departments_department:edit", args=[unit.pk])
    data = dict.fromkeys([*FIELDS.split(), "valid_from", "valid_to", "successor"], "")
    answer = board.post(url, data | {"name": "Phòng Tư pháp mới", "kind": "division", "slug": unit.slug}, follow=True)
    assert "cannot publish yet" not in answer.content.decode()
    assert Department.objects.get(pk=unit.pk).name == "Phòng Tư pháp mới"


def test_nothing_is_made_before_it_is_confirmed(board, unit):
    board.get(reverse("departments_provide", args=[unit.pk]))
    assert (sections(unit), unit.role_groups.count()) == ({}, 0)


def test_it_gets_a_draft_in_each_language_in_which_it_has_a_name(board, unit):
    provide(board, unit)
    made = sections(unit)
    assert {code: (page.title, page.live) for code, page in made.items()} == {
        "vi": ("Phòng Nội vụ", False),
        "en": ("Home Affairs Division", False),
    }
    assert made["vi"].translation_key == made["en"].translation_key


def test_without_an_english_name_it_gets_no_english_section(board, unit):
    unit.name_en = ""
    unit.save()
    provide(board, unit)
    assert set(sections(unit)) == {"vi"}


def test_its_authors_may_write_there_at_once(board, unit, client):
    provide(board, unit)
    client.force_login(make.add_member(AUTHOR, sections(unit)["vi"], name="moi"))
    url = reverse("wagtailadmin_pages:add", args=["services", "servicepage", sections(unit)["vi"].pk])
    client.post(url, make.service_form(make.new_service(sections(unit)["vi"], "Thủ tục mới")))
    assert sections(unit)["vi"].get_children().filter(title="Thủ tục mới").exists()


def test_a_second_click_makes_nothing_twice(board, unit):
    provide(board, unit)
    provide(board, unit)
    assert DepartmentPage.objects.filter(department=unit).count() == 2


def test_a_section_that_is_there_is_kept_and_translated(board, unit):
    page = make.add_section(unit)
    provide(board, unit)
    assert sections(unit)["vi"].pk == page.pk
    assert sections(unit)["en"].translation_key == page.translation_key


def test_an_address_that_another_page_has_gets_another(board, unit):
    make.add_section(Department.objects.get(name="Phòng Tư pháp"), slug=unit.slug)
    provide(board, unit)
    assert sections(unit)["vi"].slug == "phong-noi-vu-2"


def test_a_unit_that_has_ended_gets_no_section(board, unit):
    unit.valid_to = "2019-01-01"
    unit.save()
    provide(board, unit)
    assert sections(unit) == {}


def test_the_log_says_who_opened_the_section_and_the_draft_is_nobodys_work(board, unit, made):
    provide(board, unit)
    page = sections(unit)["vi"]
    entry = PageLogEntry.objects.get(page=page.pk, action="wagtail.create")
    assert (entry.user, entry.content_changed) == (made["publisher"], False)
    assert page.latest_revision.user is None


@pytest.mark.parametrize("role", [role.key for role in ROLES] + ["superuser"])
def test_who_gives_units_their_section(client, unit, made, role):
    client.force_login(made[role])
    provide(client, unit)
    assert bool(sections(unit)) == (role in MAY)


def test_whoever_may_only_add_units_is_offered_nothing(client, unit, made):
    group = group_of(PUBLISHER)
    group.permissions.remove(Permission.objects.get(codename="provide_department"))
    client.force_login(made["publisher"])
    assert "/provide/" not in add(client)


def test_a_unit_that_is_not_there_is_not_found(board):
    assert board.post(reverse("departments_provide", args=[999_999])).status_code == 404


def test_the_administrator_finds_the_button_in_the_list(client, unit, made):
    client.force_login(made[ADMINISTRATOR.key])
    listed = client.get(reverse("wagtailsnippets_departments_department:list")).content.decode()
    assert reverse("departments_provide", args=[unit.pk]) in listed
