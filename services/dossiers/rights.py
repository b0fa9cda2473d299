"""Who may hand in figures, and of which units."""

from typing import Any

from departments.roles import AUTHOR, REVIEWER
from editorial.deciders import units_of

#: the right to read the staff's report
VIEW = "services.view_dossierfigure"
#: the right to hand in figures of one's own units: those in which one writes or reviews
IMPORT = "services.import_statistics"
#: the right to hand in figures of every unit
IMPORT_ALL = "services.import_statistics_of_all_units"


def may_import(user: Any) -> bool:
    return user.has_perm(IMPORT) and allowed_units(user) != frozenset()


def allowed_units(user: Any) -> frozenset[int] | None:
    """Ids of the units whose figures a user may hand in; None: all."""
    if user.has_perm(IMPORT_ALL):
        return None
    return frozenset(units_of(user, AUTHOR, REVIEWER))
