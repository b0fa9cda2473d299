"""Groups, rights and collections of units: given once, followed after every change of a unit, never more than due."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from departments.models import Department, DepartmentCollection, RoleGroup
from departments.roles import AUTHOR, PUBLISHER, REVIEWER, ROLES, TRANSLATOR, UNIT_ROLES, group_of
from tests import factories as make
from tests.departments.rights import file_rights, page_rights, pages_of, section, sync


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


def test_the_portal_has_a_group_for_each_role_that_belongs_to_no_unit(provided, db):
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


def test_the_portal_board_works_below_every_front_page(provided, db):
    assert pages_of(group_of(PUBLISHER)) == set(Page.objects.filter(depth=2).values_list("pk", flat=True))


def test_authors_add_and_choose_files_of_their_unit_only(justice):
    wanted = {("Phòng Tư pháp", f"{action}_{kind}") for action in ("add", "choose") for kind in ("document", "image")}
    assert file_rights(group_of(AUTHOR, justice)) == wanted


def test_every_group_may_open_the_admin(provided, db):
    groups = Group.objects.filter(role_group__role__in=[role.key for role in ROLES])
    assert {group.permissions.filter(codename="access_admin").count() for group in groups} == {1}


def test_a_unit_has_one_set_of_rows_for_each_section(justice):
    rows = GroupPagePermission.objects.filter(page__in=justice.pages.all())
    assert rows.count() == sum(
        len(role.pages) for role in UNIT_ROLES for code in ("vi", "en") if code == "en" or role.in_vietnamese
    )


def test_no_role_may_publish_past_the_review(provided, db):
    assert not GroupPagePermission.objects.filter(permission__codename="publish_page").exists()


def test_what_nobody_is_in_of_wagtails_own_groups_is_gone(provided, db):
    assert not Group.objects.filter(name__in=["Moderators", "Editors"]).exists()


def test_wagtails_own_groups_with_people_lose_what_they_may_do_everywhere(provided, db):
    group = Group.objects.create(name="Moderators")
    group.user_set.add(make.add_administrator())
    give_by_hand(group, Page.get_first_root_node(), "publish_page")
    sync()
    assert (pages_of(group), group.user_set.count()) == (set(), 1)


def test_a_unit_without_a_section_gets_nothing(provided, db):
    unit = Department.objects.create(name="Ban quản lý chợ", kind="public_unit")
    assert "unit has no section: Ban quản lý chợ" in sync()
    assert not unit.role_groups.exists()


# --- again ---------------------------------------------------------------------------------------------------------


def test_a_second_run_changes_nothing_and_says_so(provided, db):
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


def test_it_asks_as_often_for_many_units_as_for_few(provided, db, django_assert_max_num_queries):
    with django_assert_max_num_queries(30) as few:
        sync()
    for number in range(10):
        make.add_unit(f"Xã số {number}", kind="commune")
    sync()
    with django_assert_max_num_queries(30) as many:
        sync()
    assert len(many) == len(few)


def test_giving_many_units_their_first_rights_takes_a_few_queries_each(provided, db, django_assert_max_num_queries):
    for number in range(20):
        make.add_unit(f"Xã số {number}", kind="commune")
    with django_assert_max_num_queries(250):
        sync()


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


def test_a_group_that_bears_the_name_of_a_missing_one_becomes_it(provided, db):
    group = Group.objects.create(name="Xã Xuân Thu: người duyệt")
    unit = make.add_unit("Xã Xuân Thu", kind="commune").department
    give_by_hand(group, Page.get_first_root_node(), "publish_page")
    sync()
    assert group_of(REVIEWER, unit) == group
    assert pages_of(group) == {section(unit).pk}


def test_of_two_new_units_of_one_name_the_first_takes_the_group_that_was_there(provided, db):
    group = Group.objects.create(name="Xã Xuân Thu: người duyệt")
    first, second = (make.add_unit("Xã Xuân Thu", kind="commune").department for _time in range(2))
    sync()
    assert group_of(REVIEWER, first) == group
    assert group_of(REVIEWER, second).name == "Xã Xuân Thu: người duyệt (2)"


def test_a_unit_that_takes_the_name_of_a_group_made_by_hand_has_one_beside_it(justice):
    by_hand = Group.objects.create(name="Xã Xuân Thu: biên tập viên")
    Department.objects.filter(pk=justice.pk).update(name="Xã Xuân Thu")
    make.add_unit("Xã Xuân Thu", kind="commune")
    sync()
    assert group_of(AUTHOR, justice).name == "Xã Xuân Thu: biên tập viên"
    assert Group.objects.get(pk=by_hand.pk).name == "Xã Xuân Thu: biên tập viên (2)"
    assert sync().splitlines()[-1] == "nothing to change"
