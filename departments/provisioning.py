"""Groups, rights and collections of every unit, brought to what `departments.roles` says. Repeatable.

Called alike by `manage.py sync_departments`, by the admin after a unit was added, by the worker once a day (units end
by the calendar) and by the demo. What the roles gave is remembered with each group; what a group has beyond that was
given by hand and stays until it is pruned.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import translation
from wagtail.models import Collection, GroupPagePermission, Page

from core.page_cache import today
from departments.models import Department, DepartmentPage, RoleGroup
from departments.provisioning_report import Report
from departments.rights import Held, Right, compare, give, in_words, rights_of, take
from departments.rights_log import log_rights
from departments.role_groups import Post, provide_collections, provide_groups
from departments.roles import ENTRY, PORTAL_ROLES, ROLES, UNIT_ROLES, Role

#: groups that Wagtail's first migration makes, with the right to publish everything
WAGTAIL_GROUPS = ("Moderators", "Editors")
#: Wagtail asks for the rights over its own two models, whichever models stand in for them
FILE_PERMISSIONS = ("wagtaildocs.{}_document", "wagtailimages.{}_image")


def provide_roles(*, prune: bool = False, dry_run: bool = False) -> Report:
    """Bring every group of a role to what it is due, in one transaction; with `dry_run` only say what would be done."""
    report = Report(dry_run=dry_run)
    with transaction.atomic(), translation.override(settings.LANGUAGE_CODE):
        wait_for_others()
        _provide(report, prune, today())
        log_rights(report)
        if dry_run:
            transaction.set_rollback(True)
    return report


def wait_for_others() -> None:
    """Until the end of the transaction nobody else gives rights or opens sections: two at once would make all twice."""
    list(Collection.objects.select_for_update().filter(depth=1).values_list("pk"))


def _provide(report: Report, prune: bool, on: date) -> None:
    units = _units(on)
    sections = list(DepartmentPage.objects.order_by("path").values_list("pk", "department_id", "locale__language_code"))
    with_section = [units[pk] for pk in sorted({department for _pk, department, _code in sections})]
    report.without_section = [unit.name for unit in units.values() if unit not in with_section]
    report.units = len(with_section)
    report.ended = [unit.name for unit in with_section if unit.has_ended(on)]
    _drop_groups_of_wagtail(report)
    provide_groups(_posts(units, with_section, on), report.groups_made, report.groups_renamed)
    collections = provide_collections(with_section, report.collections_made, report.collections_renamed)
    places = _places_by_unit(units, sections, collections, on)
    _bring_to(places, report, prune)
    _look_at_other_groups(report, prune)


def _units(on: date) -> dict[int, Department]:
    """All units, those that last before those that have ended, so that a name goes to the unit that bears it now."""
    units = {unit.pk: unit for unit in sorted(Department.objects.all(), key=lambda unit: (unit.has_ended(on), unit.pk))}
    for unit in units.values():
        if unit.successor_id:
            unit.successor = units[unit.successor_id]
    return units


def _posts(units: dict[int, Department], with_section: list[Department], on: date) -> list[Post]:
    """Posts of the portal, of lasting units with a section, and those that have a group already."""
    working = {unit.pk for unit in with_section if not unit.has_ended(on)}
    kept = set(RoleGroup.objects.values_list("role", "department_id"))
    of_units = (
        (role, unit)
        for unit in units.values()
        for role in UNIT_ROLES
        if unit.pk in working or (role.key, unit.pk) in kept
    )
    return [*((role, None) for role in PORTAL_ROLES), *of_units]


class Places:
    """Where a unit works: its own sections and collection and those of units that it followed."""

    def __init__(self) -> None:
        self.vietnamese: set[int] = set()
        self.translated: set[int] = set()
        self.collections: set[int] = set()

    def sections(self, role: Role) -> set[int]:
        return self.translated | (self.vietnamese if role.in_vietnamese else set())


def _places_by_unit(
    units: dict[int, Department], sections: Iterable[tuple[int, int, str]], collections: dict[int, int], on: date
) -> dict[int | None, Places]:
    places: dict[int | None, Places] = defaultdict(Places)
    for page, department, code in sections:
        unit = units[department].in_charge(on)
        if unit is None:
            continue  # it ended without a successor: only the portal board works there
        found = places[unit.pk]
        (found.vietnamese if code == settings.LANGUAGE_CODE else found.translated).add(page)
        found.collections.add(collections[department])
    whole = places[None]
    whole.vietnamese = set(Page.objects.filter(depth=2).values_list("pk", flat=True))
    whole.collections = {Collection.get_first_root_node().pk}
    return places


def due_rights(role: Role, places: Places | None) -> frozenset[Right]:
    """What a role has in the places of its unit; nothing but the entrance to the admin where there are none."""
    rights = {Right("record", 0, permission) for permission in ENTRY}
    if places is not None:
        rights |= {Right("record", 0, permission) for permission in role.records}
        rights |= {Right("page", page, f"wagtailcore.{name}") for page in places.sections(role) for name in role.pages}
        files = [name.format(action) for action in role.files for name in FILE_PERMISSIONS]
        rights |= {Right("collection", place, name) for place in places.collections for name in files}
    return frozenset(rights)


@dataclass(slots=True)
class Work:
    """What is to be given and taken, group by group, and the rows that remember it."""

    missing: dict[int, Iterable[Right]] = field(default_factory=dict)
    extra: list[tuple[Held, Right]] = field(default_factory=list)
    remembered: list[RoleGroup] = field(default_factory=list)
    taken: dict[str, frozenset[Right]] = field(default_factory=dict)
    kept: dict[str, frozenset[Right]] = field(default_factory=dict)

    def add(self, row: RoleGroup, held: Held, due: frozenset[Right], prune: bool) -> None:
        difference = compare(held, due, row.granted)
        taken = difference.stale | (difference.by_hand if prune else frozenset())
        self.missing[row.group_id] = difference.missing
        self.extra += [(held, right) for right in taken]
        self.taken[row.group.name], self.kept[row.group.name] = taken, difference.by_hand - taken
        if row.granted != (granted := [str(right) for right in sorted(due)]):
            row.granted = granted
            self.remembered.append(row)

    def tell(self, report: Report, names: dict[int, str]) -> None:
        words = in_words(right for rights in (*self.taken.values(), *self.kept.values()) for right in rights)
        report.given = {names[group]: len(rights) for group, rights in self.missing.items() if rights}
        for told, rights_by_group in ((report.taken, self.taken), (report.by_hand, self.kept)):
            told.update(
                {
                    group: [words[right] for right in sorted(rights)]
                    for group, rights in rights_by_group.items()
                    if rights
                }
            )


def _bring_to(places: dict[int | None, Places], report: Report, prune: bool) -> None:
    roles = {role.key: role for role in ROLES}
    rows = [row for row in RoleGroup.objects.select_related("group").order_by("group__name") if row.role in roles]
    held = rights_of(row.group_id for row in rows)
    work = Work()
    for row in rows:
        due = due_rights(roles[row.role], places.get(row.department_id))
        work.add(row, held[row.group_id], due, prune)
    work.tell(report, {row.group_id: row.group.name for row in rows})
    give(work.missing)
    take(work.extra)
    RoleGroup.objects.bulk_update(work.remembered, ["granted"], batch_size=100)


def _look_at_other_groups(report: Report, prune: bool) -> None:
    """Groups of no role that may publish: a way past the workflow."""
    permission = {"permission__content_type__app_label": "wagtailcore", "permission__codename": "publish_page"}
    rights = GroupPagePermission.objects.filter(group__role_group=None, **permission)
    names = sorted(set(rights.values_list("group__name", flat=True)))
    if prune:
        rights.delete()
        report.taken |= {name: ["wagtailcore.publish_page"] for name in names}
    else:
        report.publishing = names


def _drop_groups_of_wagtail(report: Report) -> None:
    """They may publish everywhere: deleted while nobody is in them, else they lose what they have at the roots."""
    of_wagtail = Group.objects.filter(name__in=WAGTAIL_GROUPS, role_group=None)
    for group in of_wagtail.filter(user=None):
        report.groups_deleted.append(group.name)
        group.delete()
    for group in of_wagtail.filter(page_permissions__page__depth=1).distinct():
        report.taken[group.name] = ["all rights below the root page and the root collection"]
        group.page_permissions.filter(page__depth=1).delete()
        group.collection_permissions.filter(collection__depth=1).delete()
