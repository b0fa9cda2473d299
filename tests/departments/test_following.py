"""Rights follow the units: renamed, translated, handed over, deleted, ended, succeeded."""

import io
from datetime import date

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import call_command

from departments.models import Department
from departments.roles import AUTHOR, REVIEWER, TRANSLATOR, UNIT_ROLES, group_of
from tests import factories as make
from tests.departments.rights import file_rights, page_rights, pages_of, section, sync

LONG_AGO = date(2019, 1, 1)


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


def test_a_unit_with_a_very_long_name_has_its_groups(provided, db):
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


def test_a_unit_that_ended_yesterday_loses_its_rights_overnight(justice, run_queued_tasks):
    end(justice)
    call_command("run_scheduler", "--once", stdout=io.StringIO())
    assert "departments.tasks.follow_units" in run_queued_tasks()
    assert pages_of(group_of(AUTHOR, justice)) == set()
