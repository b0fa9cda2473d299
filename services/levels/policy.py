"""Who may record a level and who may annul one; nobody changes or deletes any."""

from typing import Any

from django.db.models import QuerySet
from wagtail.permission_policies import ModelPermissionPolicy

from departments.models import Department
from editorial.deciders import units_headed_by

#: not even a superuser's
NOBODYS = frozenset({"change", "delete"})
#: the right to record and annul for every unit and for all units together; without it, for units that one heads
FOR_ALL_UNITS = "services.record_for_all_units"


class LevelPolicy(ModelPermissionPolicy):
    """Rights over maturity records: Django's, without those that would undo history."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action not in NOBODYS and super().user_has_permission(user, action)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        allowed = super().user_has_permission_for_instance(user, action, instance)
        return allowed and (action not in {"add", "annul"} or covers(user, instance.unit_id))


def covers(user: Any, unit_id: int | None) -> bool:
    """True where a user may speak for a unit; `unit_id` None stands for all units together."""
    return user.has_perm(FOR_ALL_UNITS) or unit_id in units_headed_by(user)


def may_annul(user: Any, record: Any) -> bool:
    return user.has_perm("services.annul_maturityrecord") and covers(user, record.unit_id)


def units_covered(user: Any) -> QuerySet:
    """The units for which a user may record levels."""
    units = Department.objects.all()
    return units if user.has_perm(FOR_ALL_UNITS) else units.filter(pk__in=units_headed_by(user))
