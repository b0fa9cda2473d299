"""Services at level 3 and above, counted in the catalogue as readers see it: list, front page and plan agree."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from plans.measures.questions import Measured, Question
from plans.models.targets import Scope
from services.catalogue import Fact
from services.level_book import LevelsOn
from services.level_counts import counted, counting, scope_of
from services.rates import counted_rate

TIERS = {Scope.DISTRICT: "district", Scope.COMMUNES: "commune"}


def measure(asked: Sequence[Question], days: Sequence[date]) -> Mapping[int, Measured]:
    return {question.target.pk: _measured(question, days) for question in asked}


def _measured(question: Question, days: Sequence[date]) -> Measured:
    found, scope, day = Measured(), _scope(question), days[-1]
    found.rates += [(each, counted_rate(_by_level(question, scope, each), question.unit_words, each)) for each in days]
    own = LevelsOn(day).by_unit(fact.procedure_id for fact in counting(day, scope))
    for unit in question.units:
        if by_level := own.get(unit.pk):
            found.by_unit.append((unit, counted_rate(by_level, (unit.label,), day)))
    return found


def _scope(question: Question) -> Sequence[bool]:
    """Which services the target is about."""
    fields, slugs, tier = question.field_slugs, set(question.slugs), TIERS.get(Scope(question.target.scope))
    is_of_units = question.target.scope == Scope.UNITS

    def belongs(fact: Fact) -> bool:
        is_of_scope = not slugs.isdisjoint(fact.units) if is_of_units else not tier or tier in fact.facets["government"]
        return is_of_scope and (not fields or fact.field in fields)

    return scope_of(belongs)


def _by_level(question: Question, scope: Sequence[bool], day: date) -> Counter[int]:
    """Services at each level; where the target names units, at the lowest of theirs."""
    if question.target.scope != Scope.UNITS:
        return counted(day, scope)
    levels, units = LevelsOn(day), [unit.pk for unit in question.units]
    return Counter(levels.joint_of(fact.procedure_id, units).level or 0 for fact in counting(day, scope))
