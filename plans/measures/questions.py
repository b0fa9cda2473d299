"""What is asked of a measure, and what it answers."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q
from django.utils.translation import ngettext

from departments.models import Department, DepartmentKind
from plans.models.targets import KINDS, Scope, Target
from services.maturity import Rate


@dataclass(frozen=True, slots=True)
class Question:
    """A target with the units that it is about, as they exist on the day of the figures."""

    target: Target
    units: tuple[Department, ...]

    @property
    def slugs(self) -> tuple[str, ...]:
        return tuple(unit.slug for unit in self.units)

    @property
    def field_slugs(self) -> frozenset[str]:
        """Fields of the services that count; empty for all."""
        return frozenset(found.slug for found in self.target.fields.all())

    @property
    def unit_words(self) -> tuple[str, ...]:
        """The set of units as a rate names it: by name where the target names them."""
        if self.target.scope == Scope.UNITS:
            return tuple(unit.label for unit in self.units) or (str(Scope.UNITS.label),)
        number = len(self.units)
        words = ngettext("%(units)s (%(n)s unit)", "%(units)s (%(n)s units)", number)
        return (words % {"units": self.target.get_scope_display(), "n": number},)


@dataclass(slots=True)
class Measured:
    """Rates of the days asked for, of the units on the last of them, and the units that are yet to report."""

    rates: list[tuple[date, Rate]] = field(default_factory=list)
    by_unit: list[tuple[Department, Rate]] = field(default_factory=list)
    missing: list[Department] = field(default_factory=list)
    is_sample: bool = False


def questions(targets: Sequence[Target], on: date) -> list[Question]:
    """The targets with their units. `targets` come with `units` and `fields` prefetched; one query for all units."""
    existing = list(Department.objects.filter(_exists(on)).order_by("name"))
    return [Question(target, tuple(units_of(target, existing))) for target in targets]


def units_of(target: Target, existing: Sequence[Department]) -> list[Department]:
    """The units that a target is about. The leadership is reported to and reports nothing itself."""
    if target.scope == Scope.UNITS:
        named = {unit.pk for unit in target.units.all()}
        return [unit for unit in existing if unit.pk in named]
    kinds = set(KINDS[Scope(target.scope)])
    if target.is_reported:
        kinds.discard(DepartmentKind.LEADERSHIP)
    return [unit for unit in existing if unit.kind in kinds]


def _exists(on: date) -> Q:
    begun = Q(valid_from=None) | Q(valid_from__lte=on)
    return begun & (Q(valid_to=None) | Q(valid_to__gte=on))
