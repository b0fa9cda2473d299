"""Services at level 3 and above, counted in the catalogue as readers see it: list, front page and plan agree."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from departments.models import Department
from plans.measures.questions import Measured, Question
from plans.models.targets import Scope
from services.catalogue import CatalogueItem, counted_catalogue
from services.level_book import LevelsOn
from services.maturity import Rate
from services.rates import counted_rate

TIERS = {Scope.DISTRICT: "district", Scope.COMMUNES: "commune"}


def measure(asked: Sequence[Question], days: Sequence[date]) -> Mapping[int, Measured]:
    catalogues = {day: list(counted_catalogue(day)) for day in days}
    return {question.target.pk: _measured(question, catalogues, days) for question in asked}


def _measured(question: Question, catalogues: Mapping[date, Sequence[CatalogueItem]], days: Sequence[date]) -> Measured:
    found = Measured()
    for day in days:
        items = _in_scope(question, catalogues[day])
        found.rates.append((day, counted_rate(_by_level(question, items), question.unit_words, day)))
    found.by_unit += _by_unit(question.units, items, days[-1])
    return found


def _in_scope(question: Question, items: Iterable[CatalogueItem]) -> list[CatalogueItem]:
    fields, scope = question.field_slugs, Scope(question.target.scope)
    chosen = [item for item in items if item.counts and (not fields or item.field in fields)]
    if scope == Scope.UNITS:
        slugs = set(question.slugs)
        return [item for item in chosen if not slugs.isdisjoint(item.units)]
    if tier := TIERS.get(scope):
        return [item for item in chosen if tier in item.fixed["government"]]
    return chosen


def _by_level(question: Question, items: Iterable[CatalogueItem]) -> Counter[int]:
    """Services at each level; where the target names units, at the lowest of theirs."""
    if question.target.scope != Scope.UNITS:
        return Counter(item.state.level or 0 for item in items)
    units = [unit.pk for unit in question.units]
    return Counter(item.levels.joint_of(item.procedure_id, units).level or 0 for item in items)


def _by_unit(
    units: Sequence[Department], items: Sequence[CatalogueItem], day: date
) -> Iterator[tuple[Department, Rate]]:
    """The rate of each unit that carries out any of the services, each by its own levels."""
    found = LevelsOn(day).by_unit(item.procedure_id for item in items)
    for unit in units:
        if by_level := found.get(unit.pk):
            yield unit, counted_rate(by_level, (unit.label,), day)
