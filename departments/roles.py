"""Roles of the portal as data: who may do what, and where.

A role is a group. Page rights are given once, at the root of the part of the tree that the role works in; rights over
records are Django permissions.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import Group, Permission
from django.utils.translation import gettext_lazy as _
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from departments.models import Department, RoleGroup


@dataclass(frozen=True, slots=True)
class Role:
    """`pages` are page rights under the role's root, `files` rights over documents and images, `records` Django's."""

    key: str
    label: str
    pages: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    records: tuple[str, ...] = ()


#: app.model of what the portal board keeps in order
RECORDS = (
    "services.procedure",
    "services.maturityrecord",
    "services.audience",
    "services.lifeevent",
    "departments.department",
    "departments.field",
    "announcements.documenttype",
)

#: what it tells search; nothing else hangs on them, so they may be deleted
SEARCH_RECORDS = ("search.vocabularyentry", "search.bestbet")
REPORTS = ("search.view_querycount",)


def _every_change_of(*models: str) -> tuple[str, ...]:
    names = [model.split(".") for model in models]
    return tuple(f"{app}.{action}_{model}" for app, model in names for action in ("view", "add", "change"))


def _whole_of(*models: str) -> tuple[str, ...]:
    names = [model.split(".") for model in models]
    return (*_every_change_of(*models), *(f"{app}.delete_{model}" for app, model in names))


#: whoever enters a service enters its procedure; changing one is the portal board's
NEW_PROCEDURES = ("services.view_procedure", "services.add_procedure")

AUTHOR = Role("author", _("Author"), pages=("add_page", "change_page"), files=("add", "choose"), records=NEW_PROCEDURES)
REVIEWER = Role(
    "reviewer",
    _("Reviewer"),
    pages=("add_page", "change_page", "publish_page"),
    files=("add", "change", "choose"),
    records=NEW_PROCEDURES,
)
TRANSLATOR = Role("translator", _("Translator"), pages=("add_page", "change_page"), files=("choose",))
PUBLISHER = Role(
    "publisher",
    _("Publisher"),
    pages=("add_page", "change_page", "publish_page", "lock_page", "unlock_page", "bulk_delete_page"),
    files=("add", "change", "delete", "choose"),
    records=(*_every_change_of(*RECORDS), *_whole_of(*SEARCH_RECORDS), *REPORTS, "home.change_sitesettings"),
)
STAFF_READER = Role(
    "staff_reader",
    _("Staff reader"),
    records=("services.view_procedure", "services.view_maturityrecord", "departments.view_department"),
)
ROLES = (AUTHOR, REVIEWER, TRANSLATOR, PUBLISHER, STAFF_READER)


def group_of(role: Role, department: Department | None = None) -> Group | None:
    """The group that has the role in a unit, or in the whole portal; None where none was made yet."""
    return Group.objects.filter(role_group__role=role.key, role_group__department=department).first()


def provide_group(role: Role, name: str, roots: Iterable[Page] = (), department: Department | None = None) -> Group:
    """The group of a role with its rights under `roots`. Repeatable: rights that are there stay."""
    group = group_of(role, department)
    if group is None:
        group, _created = Group.objects.get_or_create(name=name)
        RoleGroup.objects.create(group=group, role=role.key, department=department)
    group.permissions.add(*_permissions("wagtailadmin.access_admin", *role.records))
    for root in roots:
        for permission in _permissions(*(f"wagtailcore.{codename}" for codename in role.pages)):
            GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)
    _give_files(group, role)
    return group


def _give_files(group: Group, role: Role) -> None:
    if not role.files:
        return
    root = Collection.get_first_root_node()
    # Wagtail asks for the rights over its own two models, whichever models stand in for them.
    models = ("wagtaildocs.{}_document", "wagtailimages.{}_image")
    codenames = [model.format(action) for action in role.files for model in models]
    for permission in _permissions(*codenames):
        GroupCollectionPermission.objects.get_or_create(group=group, collection=root, permission=permission)


def _permissions(*names: str) -> list[Permission]:
    """The named permissions; ValueError where one does not exist: a role without it would be less than it says."""
    found = []
    for name in names:
        app, codename = name.split(".")
        permission = Permission.objects.filter(content_type__app_label=app, codename=codename).first()
        if permission is None:
            raise ValueError(f"There is no permission {name}.")
        found.append(permission)
    return found
