"""Who reads what is wanting with services, and of which units."""

from dataclasses import dataclass
from typing import Any

from departments.roles import AUTHOR, REVIEWER, STAFF_READER
from editorial.deciders import is_on_board, posts_of, units_of
from editorial.reports.scope import Scope


@dataclass(frozen=True)
class ServiceScope(Scope):
    """Units, and whether drafts are told of and pages led to: both only to those who write there."""

    writes: bool = True


def scope_of_services(user: Any) -> ServiceScope | None:
    """All units for the portal board and superusers, their own for authors and heads; staff readers read of all units
    what readers see. None where nobody reports to the user.
    """
    if user.is_superuser or is_on_board(user):
        return ServiceScope(None)
    if units := units_of(user, AUTHOR, REVIEWER):
        return ServiceScope(frozenset(units))
    if any(post.role == STAFF_READER.key for post in posts_of(user)):
        return ServiceScope(None, writes=False)
    return None
