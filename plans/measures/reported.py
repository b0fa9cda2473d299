"""What units report: the latest confirmed figures of each by a day, added up.

Figures run from 1 January to the end of their period, so a unit's latest period stands for all of its earlier ones.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from departments.models import Department
from plans.measures.questions import Measured, Question
from plans.models.reports import Report
from plans.models.targets import Target
from services.maturity import Rate


def measure(asked: Sequence[Question], days: Sequence[date]) -> Mapping[int, Measured]:
    """One query for the reports of all targets."""
    targets = [question.target.pk for question in asked]
    reports: dict[int, list[Report]] = defaultdict(list)
    rows = Report.objects.confirmed().filter(target__in=targets, period_end__lte=days[-1])
    for report in rows.order_by("period_end", "pk"):
        reports[report.target_id].append(report)
    return {question.target.pk: _measured(question, reports[question.target.pk], days) for question in asked}


def _measured(question: Question, reports: Sequence[Report], days: Sequence[date]) -> Measured:
    found, target = Measured(), question.target
    expected = {unit.pk for unit in question.units}
    for day in days:
        latest = latest_by_unit((report for report in reports if report.unit_id in expected), day)
        if latest:
            found.rates.append((day, rate(target, question.unit_words, latest.values())))
    latest = latest_by_unit(reports, days[-1])
    for unit in question.units:
        if (report := latest.get(unit.pk)) is None:
            found.missing.append(unit)
        else:
            found.by_unit.append((unit, rate(target, (unit.label,), [report])))
            found.is_sample = found.is_sample or report.is_sample
    return found


def latest_by_unit(reports: Iterable[Report], day: date) -> dict[int, Report]:
    """By unit, the last of its reports on periods that have ended by a day; `reports` ascend by period and entry."""
    return {report.unit_id: report for report in reports if report.period_end <= day}


def rate(target: Target, units: tuple[str, ...], reports: Iterable[Any]) -> Rate:
    """The sum of reports with what explains it; dated by the latest of their periods."""
    rows = list(reports)
    return Rate(
        numerator=sum(report.numerator for report in rows),
        denominator=sum(report.denominator for report in rows),
        units=units,
        date=max(report.period_end for report in rows),
        formula=target.local("formula") or _("units that answer yes ÷ all units that report"),
        source=target.local("source") or _("reports of the units"),
    )


def is_expected(target: Target, unit: Department, units: Iterable[Department]) -> bool:
    """Whether a unit reports on a target."""
    return target.is_reported and any(other.pk == unit.pk for other in units)
