"""Who reads the reports, and about which units."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from wagtail.models import Page
from wagtail.query import PageQuerySet

from departments.models import Department
from editorial import deciders
from editorial.units import with_unit


@dataclass(frozen=True)
class Scope:
    """The units whose pages somebody's reports are about; None: all units, and the pages outside of sections."""

    units: frozenset[int] | None

    @property
    def is_whole(self) -> bool:
        return self.units is None

    @cached_property
    def unit_names(self) -> dict[int, str]:
        """Names of the units by id, in their order."""
        rows = Department.objects.order_by("name")
        if self.units is not None:
            rows = rows.filter(pk__in=self.units)
        return {unit.pk: unit.label for unit in rows}

    @cached_property
    def pages(self) -> PageQuerySet:
        """Pages of these units with their `unit`; aliases are no pages of their own."""
        pages = with_unit(Page.objects.filter(depth__gt=1, alias_of__isnull=True))
        return pages if self.units is None else pages.filter(unit__in=self.units)


def scope_of(user: Any) -> Scope | None:
    """All units for the portal board and superusers, their own for heads; None where nobody reports to the user."""
    if user.is_superuser or deciders.is_on_board(user):
        return Scope(None)
    units = deciders.units_headed_by(user)
    return Scope(frozenset(units)) if units else None
