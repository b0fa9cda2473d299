"""How a plan stands on a day: for each target the rate that was reached, the gap, the trend and the units behind.

Every figure is a `Rate` with what explains it. Pages, downloads, API, front page and the admin ask here.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from core.page_cache import per_version, today
from departments.models import Department
from plans.measures import METHODS
from plans.measures.questions import Measured, Question, questions
from plans.models.plans import Plan
from plans.models.targets import Measure, Scope, Target
from services.maturity import Rate


class OutcomeState(StrEnum):
    """How a target stands. NOT_REPORTED: units have not reported yet, so what is known decides nothing."""

    MET = "met"
    NOT_MET = "not_met"
    NONE_AROSE = "none_arose"
    NOT_REPORTED = "not_reported"


@dataclass(frozen=True)
class Outcome:
    """A target on a day.

    `rate` is None where nothing is known; `gap` is the rate less the target in percentage points, negative where it
    falls short, None where there is no rate or nothing arose. `units_behind` are those that by themselves do not reach
    the target, the lowest first; `missing` those that have not reported; `trend` has the ends of earlier periods, too.
    """

    target: Target
    rate: Rate | None
    state: OutcomeState
    gap: float | None
    trend: list[tuple[date, Rate]]
    units_behind: list[tuple[Department, Rate]]
    missing: list[Department]
    is_sample: bool = False


# --- which plan ----------------------------------------------------------------------------------------------------


@per_version
def years() -> tuple[int, ...]:
    """Years for which readers see a plan, the latest first."""
    return tuple(Plan.objects.public().order_by("-year").values_list("year", flat=True))


@per_version
def public_plans() -> list[Plan]:
    """Plans that readers see, by year."""
    return list(_with_document(Plan.objects.public()).order_by("year"))


@per_version
def plan_of_year(year: int) -> Plan | None:
    """The plan of a year that readers see; None where there is none."""
    return _with_document(Plan.objects.public().filter(year=year)).first()


@per_version
def current_plan() -> Plan | None:
    """The plan of this year that readers see, or the last one before it: it holds until the next is issued."""
    return _with_document(Plan.objects.public().filter(year__lte=today().year)).order_by("-year").first()


def _with_document(plans: Any) -> Any:
    return plans.select_related("issuer", "page", "document")


@per_version
def level_target(plan: Plan) -> Target | None:
    """The plan's target for the share of all services at level 3 and above; None where it sets none."""
    targets = plan.targets.filter(measure=Measure.LEVELS, scope=Scope.WHOLE, fields=None)
    return targets.order_by("sort_order").first()


def day_of_figures(plan: Plan, on: date) -> date:
    """The day by which a plan is measured: `on`, but no later than the plan's last day."""
    return min(on, plan.last_day)


# --- how it stands -------------------------------------------------------------------------------------------------


@per_version
def outcomes(plan: Plan, on: date) -> list[Outcome]:
    """Outcomes of all targets on a day, in the plan's order; a constant number of queries."""
    day = day_of_figures(plan, on)
    targets = plan.targets.select_related("responsible").prefetch_related("units", "fields").order_by("sort_order")
    asked = questions(list(targets), day)
    together: dict[Any, list[Question]] = defaultdict(list)
    for question in asked:
        together[METHODS[Measure(question.target.measure)]].append(question)
    measured: dict[int, Measured] = {}
    for method, group in together.items():
        measured |= method(group, _days(plan, day))
    return [_outcome(question.target, measured[question.target.pk]) for question in asked]


def _days(plan: Plan, day: date) -> list[date]:
    """Ends of the reporting periods before a day, and the day."""
    return [*(end for end in plan.period_ends() if end < day), day]


def _outcome(target: Target, found: Measured) -> Outcome:
    rate = found.rates[-1][1] if found.rates else None
    percent = rate.percent if rate else None
    behind = [
        (unit, own) for unit, own in found.by_unit if own.percent is not None and not target.is_met_by(own.percent)
    ]
    return Outcome(
        target=target,
        rate=rate,
        state=_state(target, rate, found.missing),
        gap=None if percent is None else percent - float(target.value),
        trend=found.rates,
        units_behind=sorted(behind, key=lambda row: (row[1].percent or 0, row[0].name)),
        missing=found.missing,
        is_sample=found.is_sample,
    )


def _state(target: Target, rate: Rate | None, missing: list[Department]) -> OutcomeState:
    if rate is None or missing:
        return OutcomeState.NOT_REPORTED
    if rate.percent is None:
        return OutcomeState.NONE_AROSE
    return OutcomeState.MET if target.is_met_by(rate.percent) else OutcomeState.NOT_MET
