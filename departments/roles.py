"""Roles of the portal as data: who may do what, and where. `docs/roles.md` has them as a table.

None has `publish_page`: what goes live is decided by the review (`editorial`) alone, whose deciders are those in the
groups of reviewers and publishers.

A role is a group: one in the whole portal, or one in each unit. Page rights are given once, at the roots of the
sections that the role works in; rights over records are Django permissions. `departments.provisioning` gives them.
"""

from dataclasses import dataclass

from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from departments.models import Department


@dataclass(frozen=True, slots=True)
class Role:
    """`pages` are page rights, `files` rights over documents and images, `records` Django's, over all records.

    A role of a unit has the first two in the unit's sections and collection, others everywhere. `group` is what its
    group is called, after the unit's name. One without `in_vietnamese` works in sections of other languages only.
    """

    key: str
    label: str
    group: str
    of_unit: bool = False
    in_vietnamese: bool = True
    pages: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    records: tuple[str, ...] = ()


#: what every member of the staff may do
ENTRY = ("wagtailadmin.access_admin",)

#: app.model of what the portal board keeps in order
RECORDS = (
    "services.procedure",
    "services.audience",
    "services.lifeevent",
    "departments.department",
    "departments.field",
    "announcements.documenttype",
)

#: levels are added and annulled, never changed nor deleted, by nobody
LEVELS = ("services.view_maturityrecord", "services.add_maturityrecord", "services.annul_maturityrecord")
#: the staff's look-up of levels: whoever works for the portal, whatever they may change
LOOK_UP = ("services.look_up_levels",)
#: who heads a unit records for it alone (services/levels/policy.py)
ALL_LEVELS = (*LEVELS, "services.record_for_all_units")

#: dossier statistics: seen by the whole staff, handed in for one's own units (services/dossiers/rights.py) or for all
FIGURES = ("services.view_dossierfigure",)
OWN_FIGURES = (*FIGURES, "services.view_statisticsimport", "services.import_statistics")
ALL_FIGURES = (*OWN_FIGURES, "services.import_statistics_of_all_units")

#: what it tells search; nothing else hangs on them, so they may be deleted
SEARCH_RECORDS = ("search.vocabularyentry", "search.bestbet")
REPORTS = ("search.view_querycount",)
#: rules of the editorial work, and the calendar by which its deadlines are counted
EDITORIAL_RECORDS = ("editorial.upkeeprule", "editorial.timelimit", "editorial.dayoff", "editorial.swappedday")
#: plans with their targets; what units report is no record of a role, but asks who reports for the unit
PLANS = ("plans.plan",)
SETTINGS = ("home.change_sitesettings",)
UNITS = ("departments.view_department", "departments.provide_department")


def _every_change_of(*models: str) -> tuple[str, ...]:
    names = [model.split(".") for model in models]
    return tuple(f"{app}.{action}_{model}" for app, model in names for action in ("view", "add", "change"))


def _whole_of(*models: str) -> tuple[str, ...]:
    names = [model.split(".") for model in models]
    return (*_every_change_of(*models), *(f"{app}.delete_{model}" for app, model in names))


#: whoever enters a service enters its procedure; changing one is the portal board's
NEW_PROCEDURES = ("services.view_procedure", "services.add_procedure")
#: beginning a translation; `editorial.translating` asks for the rights over the pages, too
TRANSLATIONS = ("wagtail_localize.submit_translation",)

AUTHOR = Role(
    "author",
    _("Author"),
    pgettext_lazy("group of a unit", "authors"),
    of_unit=True,
    pages=("add_page", "change_page"),
    files=("add", "choose"),
    records=(*NEW_PROCEDURES, *LOOK_UP, *OWN_FIGURES),
)
REVIEWER = Role(
    "reviewer",
    _("Reviewer"),
    pgettext_lazy("group of a unit", "reviewers"),
    of_unit=True,
    pages=("add_page", "change_page"),
    files=("add", "change", "delete", "choose"),
    records=(*NEW_PROCEDURES, *LEVELS, *LOOK_UP, *OWN_FIGURES),
)
TRANSLATOR = Role(
    "translator",
    _("Translator"),
    pgettext_lazy("group of a unit", "translators"),
    of_unit=True,
    in_vietnamese=False,
    pages=("add_page", "change_page"),
    files=("choose",),
    records=(*TRANSLATIONS, *LOOK_UP),
)
PUBLISHER = Role(
    "publisher",
    _("Publisher"),
    pgettext_lazy("group of the portal", "Portal board"),
    pages=("add_page", "change_page", "lock_page", "unlock_page", "bulk_delete_page"),
    files=("add", "change", "delete", "choose"),
    records=(
        *_every_change_of(*RECORDS),
        *ALL_LEVELS,
        *LOOK_UP,
        *ALL_FIGURES,
        *_whole_of(*SEARCH_RECORDS, *EDITORIAL_RECORDS, *PLANS),
        *REPORTS,
        *SETTINGS,
        *TRANSLATIONS,
        "departments.provide_department",
    ),
)
STAFF_READER = Role(
    "staff_reader",
    _("Staff reader"),
    pgettext_lazy("group of the portal", "Staff readers"),
    records=(
        "services.view_procedure",
        "services.view_maturityrecord",
        "departments.view_department",
        *LOOK_UP,
        *FIGURES,
    ),
)
#: runs the portal, gives people their roles and says which approvals are needed; writes no content, decides on none
ADMINISTRATOR = Role(
    "administrator",
    _("Administrator"),
    pgettext_lazy("group of the portal", "Administrators of the portal"),
    records=(
        *("core.view_user", "core.add_user", "core.change_user"),
        *_whole_of("wagtailredirects.redirect", "editorial.approvalrule"),
        *SETTINGS,
        *UNITS,
        *REPORTS,
        *LOOK_UP,
    ),
)
ROLES = (AUTHOR, REVIEWER, TRANSLATOR, PUBLISHER, STAFF_READER, ADMINISTRATOR)
UNIT_ROLES = tuple(role for role in ROLES if role.of_unit)
PORTAL_ROLES = tuple(role for role in ROLES if not role.of_unit)


def group_of(role: Role, department: Department | None = None) -> Group | None:
    """The group that has the role in a unit, or in the whole portal; None where none was made yet."""
    return Group.objects.filter(role_group__role=role.key, role_group__department=department).first()
