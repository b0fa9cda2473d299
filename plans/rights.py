"""Who reports for a unit, and who confirms what was reported."""

from typing import Any

from departments.models import Department
from departments.roles import AUTHOR, REVIEWER
from editorial import deciders
from plans.models import Report


def units_reported_by(user: Any) -> list[int]:
    """Ids of the units for which a user reports: those whose author or head the user is."""
    return deciders.units_of(user, AUTHOR, REVIEWER)


def may_report(user: Any, unit: Department) -> bool:
    return user.is_active and (user.is_superuser or unit.pk in units_reported_by(user))


def may_decide(user: Any, report: Report) -> bool:
    """The head of the unit and the portal board; nobody about figures that they have reported themselves."""
    if not user.is_active or report.reported_by_id == user.pk:
        return False
    if user.is_superuser or deciders.is_on_board(user):
        return True
    return report.unit_id in deciders.units_headed_by(user)


def has_reports(user: Any) -> bool:
    """True for whoever reports for a unit or decides about reports."""
    return bool(user.is_superuser or deciders.is_on_board(user) or units_reported_by(user))
