"""Services at level 3 and above, counted in the catalogue as readers see it: list, front page and plan agree."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from departments.models import Department
from plans.measures.questions import Measured, Question
from plans.models.targets import Scope
from services.catalogue import CatalogueItem, counted_catalogue
from services.maturity import Rate, State
from services.rates import level_rate, states_rate

TIERS = {Scope.DISTRICT: "district", Scope.COMMUNES: "commune"}


def measure(asked: Sequence[Question], days: Sequence[date]) -> Mapping[int, Measured]:
    catalogues = {day: list(counted_catalogue(day)) for day in days}
    return {question.target.pk: _measured(question, catalogues, days) for question in asked}


def _measured(question: Question, catalogues: Mapping[date, Sequence[CatalogueItem]], days: Sequence[date]) -> Measured:
    found = Measured()
    for day in days:
        items = _in_scope(question, catalogues[day])
        found.rates.append((day, level_rate(items, question.unit_words, day).rate))
    found.by_unit += _by_unit(question.units, _in_scope(question, catalogues[days[-1]]), days[-1])
    return found


def _by_unit(
    units: Sequence[Department], items: Iterable[CatalogueItem], day: date
) -> Iterator[tuple[Department, Rate]]:
    """The rate of each unit that carries out any of the services, each by its own levels; one pass over them."""
    asked = {unit.slug for unit in units}
    states: dict[str, list[State]] = defaultdict(list)
    for item in items:
        if item.counts:
            for slug, state in item.unit_states().items():
                if slug in asked:
                    states[slug].append(state)
    for unit in units:
        if own := states.get(unit.slug):
            yield unit, states_rate(own, (unit.label,), day)


def _in_scope(question: Question, items: Iterable[CatalogueItem]) -> list[CatalogueItem]:
    fields, scope = question.field_slugs, Scope(question.target.scope)
    chosen = [item for item in items if not fields or item.field in fields]
    if scope == Scope.UNITS:
        slugs = set(question.slugs)
        return [item.for_units(question.slugs) for item in chosen if slugs.intersection(item.units)]
    if tier := TIERS.get(scope):
        return [item for item in chosen if tier in item.facets["government"]]
    return chosen
