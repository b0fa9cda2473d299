"""Services at level 3 and above, counted in the catalogue as readers see it: list, front page and plan agree."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from plans.measures.questions import Measured, Question
from plans.models.targets import Scope
from services.catalogue import CatalogueItem, counted_catalogue
from services.rates import level_rate

TIERS = {Scope.DISTRICT: "district", Scope.COMMUNES: "commune"}


def measure(asked: Sequence[Question], days: Sequence[date]) -> Mapping[int, Measured]:
    catalogues = {day: list(counted_catalogue(day)) for day in days}
    return {question.target.pk: _measured(question, catalogues, days) for question in asked}


def _measured(question: Question, catalogues: Mapping[date, Sequence[CatalogueItem]], days: Sequence[date]) -> Measured:
    found = Measured()
    for day in days:
        items = _in_scope(question, catalogues[day])
        found.rates.append((day, level_rate(items, question.unit_words, day).rate))
    last = days[-1]
    items = _in_scope(question, catalogues[last])
    for unit in question.units:
        own = [item.for_units([unit.slug]) for item in items if unit.slug in item.units]
        if own:
            found.by_unit.append((unit, level_rate(own, (unit.label,), last).rate))
    return found


def _in_scope(question: Question, items: Iterable[CatalogueItem]) -> list[CatalogueItem]:
    fields, scope = question.field_slugs, Scope(question.target.scope)
    chosen = [item for item in items if not fields or item.field in fields]
    if scope == Scope.UNITS:
        slugs = set(question.slugs)
        return [item.for_units(question.slugs) for item in chosen if slugs.intersection(item.units)]
    if tier := TIERS.get(scope):
        return [item for item in chosen if tier in item.facets["government"]]
    return chosen
