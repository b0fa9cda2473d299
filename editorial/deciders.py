"""Who decides at a step of the review."""

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from wagtail.models import Page

from core.models.pages import section_at
from departments.models import RoleGroup
from departments.roles import PUBLISHER, REVIEWER


def unit_of(page: Page) -> int | None:
    """Id of the unit in whose section the page lies; None outside of sections."""
    section = section_at(page.path)
    return section.department_id if section else None


def heads(department_id: int | None) -> QuerySet:
    """Active users who approve for a unit."""
    group = RoleGroup.objects.filter(role=REVIEWER.key, department=department_id, department__isnull=False)
    return _members(group)


def board() -> QuerySet:
    """Active members of the portal board."""
    return _members(RoleGroup.objects.filter(role=PUBLISHER.key, department=None))


def _members(role_groups: QuerySet) -> QuerySet:
    return get_user_model().objects.filter(is_active=True, groups__role_group__in=role_groups).distinct()


def units_headed_by(user: Any) -> list[int]:
    """Ids of the units for which a user approves."""
    groups = RoleGroup.objects.filter(role=REVIEWER.key, department__isnull=False, group__user=user)
    return list(groups.values_list("department_id", flat=True))


def is_on_board(user: Any) -> bool:
    return RoleGroup.objects.filter(role=PUBLISHER.key, department=None, group__user=user).exists()
