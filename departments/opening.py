"""A unit gets the pages of its section, as drafts: called from the admin after a unit was added."""

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from wagtail.models import PageLogEntry

from core.page_cache import today
from departments.models import Department, DepartmentIndexPage, DepartmentPage
from departments.provisioning import provide_roles, wait_for_others
from departments.roles import UNIT_ROLES


def missing_sections(department: Department) -> list[DepartmentIndexPage]:
    """Lists of units in which the unit has no section yet; the English one only where it has an English name."""
    if department.has_ended(today()):
        return []
    present = set(department.pages.values_list("locale__language_code", flat=True))
    indexes = DepartmentIndexPage.objects.select_related("locale").order_by("path")
    return [
        index
        for index in indexes
        if (code := index.locale.language_code) not in present and (code != "en" or department.name_en)
    ]


def is_complete(department: Department) -> bool:
    """True where the unit has its section and its groups, or needs none any more."""
    if department.has_ended(today()):
        return True
    return department.role_groups.count() >= len(UNIT_ROLES) and not missing_sections(department)


@transaction.atomic
def open_sections(*, department: Department, user: AbstractUser) -> list[DepartmentPage]:
    """Make the pages that are missing and give the unit's roles their rights; the pages made are returned."""
    wait_for_others()
    pages = [_open(department, index, user) for index in missing_sections(department)]
    provide_roles()
    return pages


def _open(department: Department, index: DepartmentIndexPage, user: AbstractUser) -> DepartmentPage:
    """The revision names nobody: whoever opens a section has not written it, and may approve what others write."""
    title = department.name_en if index.locale.language_code == "en" else department.name
    is_taken = index.get_children().filter(slug=department.slug).exists()
    page = DepartmentPage(
        title=title, slug="" if is_taken else department.slug, department=department, locale=index.locale, live=False
    )
    original = department.pages.order_by("path").first()
    if original is not None:
        page.translation_key = original.translation_key
    index.add_child(instance=page)
    page.save_revision()
    # Adding a page has logged it already, as somebody's work.
    PageLogEntry.objects.filter(page=page.pk).update(user=user, content_changed=False)
    return page
