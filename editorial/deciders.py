"""Who decides at a step of the review."""

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from wagtail.models import Page

from core.models.pages import section_at
from core.page_cache import per_version, today
from departments.models import Department, RoleGroup
from departments.roles import PUBLISHER, REVIEWER, Role


def unit_of(page: Page) -> int | None:
    """Id of the unit in charge of the section that the page lies in; None where no unit is, as outside of sections."""
    section = section_at(page.path)
    unit = section.department.in_charge(today()) if section else None
    return unit.pk if unit else None


def heads(department_id: int | None) -> QuerySet:
    """Active users who approve for a unit, or for the one that followed it."""
    asked = Department.objects.filter(pk=department_id).first()
    unit = asked.in_charge(today()) if asked else None
    return _members(RoleGroup.objects.filter(role=REVIEWER.key, department=unit, department__isnull=False))


def board() -> QuerySet:
    """Active members of the portal board."""
    return _members(RoleGroup.objects.filter(role=PUBLISHER.key, department=None))


def _members(role_groups: QuerySet) -> QuerySet:
    return get_user_model().objects.filter(is_active=True, groups__role_group__in=role_groups).distinct()


def units_headed_by(user: Any) -> list[int]:
    """Ids of the units for which a user approves."""
    return units_of(user, REVIEWER)


def units_of(user: Any, *roles: Role) -> list[int]:
    """Ids of the units in which a user has one of the roles, and of those that these followed."""
    keys = {role.key for role in roles}
    own = {post.department_id for post in posts_of(user) if post.role in keys} - {None}
    if not own:
        return []
    heirs = _heirs()
    return [pk for pk in sorted(own | heirs.keys()) if heirs.get(pk, pk) in own]


@per_version
def _heirs() -> dict[int, int | None]:
    """For each unit that has ended, the one that is in its charge today."""
    ended = Department.objects.filter(valid_to__lt=today()).select_related("successor")
    in_charge = {unit.pk: unit.in_charge(today()) for unit in ended}
    return {pk: unit.pk if unit else None for pk, unit in in_charge.items()}


def is_on_board(user: Any) -> bool:
    return any(post.role == PUBLISHER.key and post.department_id is None for post in posts_of(user))


def posts_of(user: Any) -> list[RoleGroup]:
    """The roles that a user has, those of units with their unit.

    Kept with the user object, which lives as long as a request, like the rights that Wagtail keeps there.
    """
    if not hasattr(user, "_portal_posts"):
        posts = RoleGroup.objects.filter(group__user=user).select_related("department")
        user._portal_posts = list(posts.order_by("role", "pk"))
    return user._portal_posts
