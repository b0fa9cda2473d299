"""Groups, rights and collections of units: given once, followed after every change of a unit, never more than due."""

import io
from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError, call_command
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from departments.models import Department, DepartmentCollection, RoleGroup
from departments.roles import AUTHOR, PUBLISHER, REVIEWER, ROLES, TRANSLATOR, UNIT_ROLES, group_of
from tests import factories as make

LONG_AGO = date(2019, 1, 1)


@pytest.fixture(scope="module")
def made(rolled_back):
    justice = make.add_unit("Phòng Tư pháp", name_en="Justice Division")
    make.add_section(justice.department, "en", title="Justice Division")
    make.add_unit("Xã Nam Sơn", kind="commune")
    make.add_unit("Phòng Nội vụ")
    sync()


@pytest.fixture
def justice(db, made):
    return Department.objects.get(name="Phòng Tư pháp")


@pytest.fixture
def commune(db, made):
    return Department.objects.get(name="Xã Nam Sơn")


def sync(*options):
    said = io.StringIO()
    call_command("sync_departments", *options, stdout=said)
    return said.getvalue()


def section(department, code="vi"):
    return department.pages.get(locale__language_code=code)


def page_rights(group):
    return {(row.page_id, row.permission.codename) for row in group.page_permissions.select_related("permission")}


def pages_of(group):
    return set(group.page_permissions.values_list("page_id", flat=True))


def file_rights(group):
    return set(group.collection_permissions.values_list("collection__name", "permission__codename"))


def everything():
    tables = (Group, RoleGroup, GroupPagePermission, GroupCollectionPermission, Collection, DepartmentCollection)
    return [list(model.objects.order_by("pk").values()) for model in (*tables, Group.permissions.through)]


def give_by_hand(group, page, codename="lock_page"):
    permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
    GroupPagePermission.objects.create(group=group, page=page, permission=permission)


# --- what there is after it ----------------------------------------------------------------------------------------


def test_every_unit_has_a_group_for_each_of_its_roles(justice, commune):
    names = {group_of(role, unit).name for role in UNIT_ROLES for unit in (justice, commune)}
    roles = ("biên tập viên", "người duyệt", "phiên dịch")
    assert names == {f"{unit}: {role}" for unit in ("Phòng Tư pháp", "Xã Nam Sơn") for role in roles}


def test_the_portal_has_a_group_for_each_role_that_belongs_to_no_unit(made, db):
    names = set(RoleGroup.objects.filter(department=None).values_list("group__name", flat=True))
    assert names == {"Ban Biên tập", "Cán bộ tra cứu", "Quản trị cổng"}


def test_authors_write_in_every_language_of_their_section_and_nowhere_else(justice):
    wanted = {section(justice).pk, section(justice, "en").pk}
    assert page_rights(group_of(AUTHOR, justice)) == {
        (page, right) for page in wanted for right in ("add_page", "change_page")
    }


def test_translators_write_in_the_other_languages_only(justice, commune):
    assert pages_of(group_of(TRANSLATOR, justice)) == {section(justice, "en").pk}
    assert pages_of(group_of(TRANSLATOR, commune)) == set()


def test_the_portal_board_works_below_every_front_page(made, db):
    assert pages_of(group_of(PUBLISHER)) == set(Page.objects.filter(depth=2).values_list("pk", flat=True))


def test_authors_add_and_choose_files_of_their_unit_only(justice):
    wanted = {("Phòng Tư pháp", f"{action}_{kind}") for action in ("add", "choose") for kind in ("document", "image")}
    assert file_rights(group_of(AUTHOR, justice)) == wanted


def test_every_group_may_open_the_admin(made, db):
    groups = Group.objects.filter(role_group__role__in=[role.key for role in ROLES])
    assert {group.permissions.filter(codename="access_admin").count() for group in groups} == {1}


def test_a_unit_has_one_set_of_rows_for_each_section(justice):
    rows = GroupPagePermission.objects.filter(page__in=justice.pages.all())
    assert rows.count() == sum(
        len(role.pages) for role in UNIT_ROLES for code in ("vi", "en") if code == "en" or role.in_vietnamese
    )


def test_no_role_may_publish_past_the_review(made, db):
    assert not GroupPagePermission.objects.filter(permission__codename="publish_page").exists()


def test_what_nobody_is_in_of_wagtails_own_groups_is_gone(made, db):
    assert not Group.objects.filter(name__in=["Moderators", "Editors"]).exists()


def test_wagtails_own_groups_with_people_lose_what_they_may_do_everywhere(made, db):
    group = Group.objects.create(name="Moderators")
    group.user_set.add(make.add_administrator())
    give_by_hand(group, Page.get_first_root_node(), "publish_page")
    sync()
    assert (pages_of(group), group.user_set.count()) == (set(), 1)


def test_a_unit_without_a_section_gets_nothing(made, db):
    unit = Department.objects.create(name="Ban quản lý chợ", kind="public_unit")
    assert "unit has no section: Ban quản lý chợ" in sync()
    assert not unit.role_groups.exists()


# --- again ---------------------------------------------------------------------------------------------------------


def test_a_second_run_changes_nothing_and_says_so(made, db):
    before = everything()
    assert sync().splitlines()[-1] == "nothing to change"
    assert everything() == before


def test_a_dry_run_says_what_a_run_would_change_and_leaves_it(justice):
    justice.name = "Phòng Tư pháp và Hộ tịch"
    justice.save()
    before = everything()
    said = sync("--dry-run")
    assert "group renamed: Phòng Tư pháp: người duyệt → Phòng Tư pháp và Hộ tịch: người duyệt" in said
    assert said.splitlines()[-1] == "4 things would change"
    assert everything() == before


def test_it_asks_as_often_for_many_units_as_for_few(made, db, django_assert_max_num_queries):
    with django_assert_max_num_queries(30) as few:
        sync()
    for number in range(10):
        make.add_unit(f"Xã số {number}", kind="commune")
    sync()
    with django_assert_max_num_queries(30) as many:
        sync()
    assert len(many) == len(few)


def test_a_lost_right_is_given_again(justice):
    group_of(AUTHOR, justice).page_permissions.all().delete()
    assert "Phòng Tư pháp: biên tập viên: 4 rights given" in sync()
    assert len(page_rights(group_of(AUTHOR, justice))) == 4


def test_a_deleted_group_and_a_deleted_collection_are_made_again(justice):
    group_of(AUTHOR, justice).delete()
    Collection.objects.get(name="Phòng Tư pháp").delete()
    sync()
    assert len(file_rights(group_of(AUTHOR, justice))) == 4


def test_a_permission_that_is_missing_changes_nothing_and_is_named(justice):
    Permission.objects.filter(codename="access_admin").delete()
    justice.name = "Phòng Khác"
    justice.save()
    with pytest.raises(CommandError, match="There is no permission wagtailadmin"):
        sync()
    assert Group.objects.filter(name="Phòng Tư pháp: biên tập viên").exists()


# --- units change --------------------------------------------------------------------------------------------------


def test_a_renamed_unit_renames_its_groups_and_its_collection(justice):
    groups = {role: group_of(role, justice).pk for role in UNIT_ROLES}
    justice.name = "Phòng Tư pháp và Hộ tịch"
    justice.save()
    sync()
    assert Group.objects.get(pk=groups[AUTHOR]).name == "Phòng Tư pháp và Hộ tịch: biên tập viên"
    assert {role: group_of(role, justice).pk for role in UNIT_ROLES} == groups
    assert make.collection_of(justice).name == "Phòng Tư pháp và Hộ tịch"


def test_two_units_may_exchange_their_names(justice, commune):
    first, second = group_of(AUTHOR, justice).pk, group_of(AUTHOR, commune).pk
    Department.objects.filter(pk=justice.pk).update(name="Xã Nam Sơn")
    Department.objects.filter(pk=commune.pk).update(name="Phòng Tư pháp")
    sync()
    names = [Group.objects.get(pk=pk).name for pk in (first, second)]
    assert names == ["Xã Nam Sơn: biên tập viên", "Phòng Tư pháp: biên tập viên"]


def test_two_units_of_one_name_have_groups_of_their_own(justice):
    other = make.add_unit("Phòng Tư pháp").department
    sync()
    assert group_of(AUTHOR, other).name == "Phòng Tư pháp: biên tập viên (2)"
    assert sync().splitlines()[-1] == "nothing to change"


def test_a_unit_with_a_very_long_name_has_its_groups(made, db):
    unit = make.add_unit("Trung tâm " + "phát triển " * 20).department
    sync()
    assert group_of(REVIEWER, unit).name.endswith(": người duyệt")


def test_a_new_translation_of_a_section_is_followed(commune):
    english = make.add_section(commune, "en", title="Nam Sơn Commune")
    sync()
    assert english.pk in pages_of(group_of(AUTHOR, commune)) & pages_of(group_of(TRANSLATOR, commune))


def test_a_section_that_changed_hands_is_followed(justice, commune):
    page = section(justice)
    page.department = commune
    page.save()
    sync()
    assert page.pk in pages_of(group_of(AUTHOR, commune))
    assert pages_of(group_of(AUTHOR, justice)) == {section(justice, "en").pk}


def test_a_unit_whose_section_was_deleted_keeps_its_people_and_loses_its_rights(commune):
    section(commune).delete()
    group = group_of(AUTHOR, commune)
    sync()
    assert (pages_of(group), file_rights(group), group.permissions.count()) == (set(), set(), 1)


def test_the_groups_of_a_deleted_unit_are_gone(commune):
    groups = list(commune.role_groups.values_list("group_id", flat=True))
    section(commune).delete()
    commune.delete()
    assert not Group.objects.filter(pk__in=groups).exists()


# --- units end -----------------------------------------------------------------------------------------------------


def end(unit, successor=None):
    unit.valid_to, unit.successor = LONG_AGO, successor
    unit.save()


def test_the_people_of_a_unit_that_ended_stay_in_its_groups_and_may_change_nothing(justice):
    end(justice)
    person = make.add_member(AUTHOR, section(justice))
    group = group_of(AUTHOR, justice)
    assert (pages_of(group), file_rights(group)) == (set(), set())
    assert [right.codename for right in group.permissions.all()] == ["access_admin"]
    assert get_user_model().objects.get(pk=person.pk).groups.get() == group


def test_the_successor_of_a_unit_that_ended_works_in_its_section_and_with_its_files(justice, commune):
    end(justice, successor=commune)
    sync()
    assert pages_of(group_of(AUTHOR, commune)) == {section(commune).pk, section(justice).pk, section(justice, "en").pk}
    assert pages_of(group_of(TRANSLATOR, commune)) == {section(justice, "en").pk}
    assert {name for name, _right in file_rights(group_of(AUTHOR, commune))} == {"Phòng Tư pháp", "Xã Nam Sơn"}


def test_successors_are_followed_until_one_lasts(justice, commune):
    end(commune, successor=(last := make.add_unit("Xã Sóc Sơn", kind="commune").department))
    end(justice, successor=commune)
    sync()
    assert section(justice).pk in pages_of(group_of(AUTHOR, last))


def test_units_that_follow_each_other_in_a_circle_are_nobodys(justice, commune):
    end(justice, successor=commune)
    end(commune, successor=justice)
    sync()
    assert pages_of(group_of(AUTHOR, justice)) | pages_of(group_of(AUTHOR, commune)) == set()


def test_a_unit_that_was_ended_by_mistake_gets_everything_back(justice):
    end(justice)
    sync()
    justice.valid_to = None
    justice.save()
    sync()
    assert len(page_rights(group_of(AUTHOR, justice))) == 4


# --- by hand -------------------------------------------------------------------------------------------------------


def test_a_right_given_by_hand_is_named_and_kept(justice, commune):
    give_by_hand(group_of(AUTHOR, justice), section(commune))
    said = sync()
    right = "wagtailcore.lock_page below page “Xã Nam Sơn”"
    assert f"Phòng Tư pháp: biên tập viên: given by hand, kept: {right}" in said
    assert section(commune).pk in pages_of(group_of(AUTHOR, justice))


def test_pruning_takes_what_was_given_by_hand_and_nothing_else(justice, commune):
    before = page_rights(group_of(AUTHOR, justice))
    give_by_hand(group_of(AUTHOR, justice), section(commune))
    group_of(AUTHOR, justice).permissions.add(Permission.objects.get(codename="change_group"))
    said = sync("--prune")
    assert "taken away: wagtailcore.lock_page below page “Xã Nam Sơn”" in said
    assert "taken away: auth.change_group" in said
    assert page_rights(group_of(AUTHOR, justice)) == before


def test_other_groups_that_may_publish_are_named_and_lose_it_when_pruned(justice):
    group = Group.objects.create(name="Nhóm tự đặt")
    give_by_hand(group, section(justice), "publish_page")
    give_by_hand(group, section(justice), "change_page")
    assert "may publish past the workflow: Nhóm tự đặt" in sync()
    assert len(page_rights(group)) == 2
    sync("--prune")
    assert page_rights(group) == {(section(justice).pk, "change_page")}


def test_a_group_that_bears_the_name_of_a_missing_one_becomes_it(made, db):
    group = Group.objects.create(name="Xã Xuân Thu: người duyệt")
    unit = make.add_unit("Xã Xuân Thu", kind="commune").department
    give_by_hand(group, Page.get_first_root_node(), "publish_page")
    sync()
    assert group_of(REVIEWER, unit) == group
    assert pages_of(group) == {section(unit).pk}
