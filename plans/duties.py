"""What units have to report, until when, and how far they are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import Q

from core.working_days import WorkingDays
from departments.models import Department
from plans.measures.questions import questions
from plans.models import Plan, Report, Target
from plans.models.targets import REPORTED


class DutyState(StrEnum):
    """How far a report is."""

    DUE = "due"
    OVERDUE = "overdue"
    WAITING = "waiting"
    CONFIRMED = "confirmed"
    SENT_BACK = "sent_back"


#: these ask somebody of the unit to report
OPEN = (DutyState.DUE, DutyState.OVERDUE, DutyState.SENT_BACK)


@dataclass(frozen=True, slots=True)
class ReportDuty:
    """An indicator that a unit reports for the last period that has ended; `due_on` is the last day for it.

    `report` is the newest for this period, `previous` the newest confirmed one for an earlier one.
    """

    target: Target
    unit: Department
    period_end: date
    due_on: date
    report: Report | None
    previous: Report | None
    state: DutyState

    @property
    def is_open(self) -> bool:
        """True where somebody of the unit has to report."""
        return self.state in OPEN


def last_period(plan: Plan, on: date) -> date | None:
    """The end of the last period that is over on a day; None before the first."""
    return max((end for end in plan.period_ends() if end <= on), default=None)


def deadline(plan: Plan, period_end: date, calendar: WorkingDays) -> date:
    """The last day on which a period is reported in time."""
    return calendar.after(period_end, plan.report_days)


def duties(plan: Plan, on: date, calendar: WorkingDays, units: Iterable[int] | None = None) -> list[ReportDuty]:
    """What units (by id; None: all) report for the last period that is over, in the plan's order, unit by unit."""
    period_end = last_period(plan, on)
    if period_end is None:
        return []
    targets = plan.targets.filter(measure__in=REPORTED).prefetch_related("units", "fields").order_by("sort_order")
    chosen = None if units is None else set(units)
    asked = [
        (question.target, unit)
        for question in questions(list(targets), period_end)
        for unit in question.units
        if chosen is None or unit.pk in chosen
    ]
    known = _known(asked, period_end)
    due_on = deadline(plan, period_end, calendar)
    return [_duty(target, unit, period_end, due_on, known.get((target.pk, unit.pk), []), on) for target, unit in asked]


def duty_for(target: Target, unit: Department, number: int, on: date, calendar: WorkingDays) -> ReportDuty | None:
    """The duty of a unit for the plan's period of a number, from 1; None where it does not report that by a day."""
    ends = target.plan.period_ends()
    if not 1 <= number <= len(ends) or ends[number - 1] > on or not target.is_reported:
        return None
    period_end = ends[number - 1]
    (question,) = questions([target], period_end)
    if not any(other.pk == unit.pk for other in question.units):
        return None
    known = _known([(target, unit)], period_end).get((target.pk, unit.pk), [])
    return _duty(target, unit, period_end, deadline(target.plan, period_end, calendar), known, on)


def _known(asked: Sequence[tuple[Target, Department]], until: date) -> dict[tuple[int, int], list[Report]]:
    """Reports by target and unit, the newest first."""
    found: dict[tuple[int, int], list[Report]] = {}
    about = Q(target__in={target.pk for target, _unit in asked}, unit__in={unit.pk for _target, unit in asked})
    for report in (
        Report.objects.filter(about, period_end__lte=until).select_related("target").order_by("-period_end", "-pk")
    ):
        found.setdefault((report.target_id, report.unit_id), []).append(report)
    return found


def _duty(
    target: Target, unit: Department, period_end: date, due_on: date, known: Sequence[Report], on: date
) -> ReportDuty:
    own = next((report for report in known if report.period_end == period_end), None)
    previous = next((report for report in known if report.period_end < period_end and report.is_confirmed), None)
    return ReportDuty(target, unit, period_end, due_on, own, previous, _state(own, due_on, on))


def _state(report: Report | None, due_on: date, on: date) -> DutyState:
    if report is None:
        return DutyState.OVERDUE if on > due_on else DutyState.DUE
    if report.is_confirmed is None:
        return DutyState.WAITING
    return DutyState.CONFIRMED if report.is_confirmed else DutyState.SENT_BACK


def to_decide(user: Any, units: Iterable[int] | None) -> list[Report]:
    """Reports that wait for a decision of the user, who decides for units (None: all), the oldest first."""
    rows = Report.objects.waiting().exclude(reported_by=user)
    if units is not None:
        rows = rows.filter(unit__in=units)
    return list(rows.select_related("evidence", "target", "unit", "reported_by").order_by("reported_at", "pk"))
