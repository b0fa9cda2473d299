"""Units report figures, their heads confirm them or send them back. A correction is a new row: nothing is lost."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from core.page_cache import today, touch
from departments.models import Department
from plans.measures.questions import questions
from plans.models import Report, Target
from plans.rights import may_decide, may_report


class DecisionRefused(ValidationError):
    """The report cannot be decided about; the message says why."""


def problems(
    *, target: Target, unit: Department, period_end: date, numerator: int, denominator: int, evidence: Any, url: str
) -> dict[str, str]:
    """What keeps figures from being reported, by field."""
    found = {}
    if period_end not in target.plan.period_ends():
        found["period_end"] = _("This is not the end of a reporting period of the plan.")
    elif period_end > today():
        found["period_end"] = _("The period has not ended yet.")
    if not reports_on(target, unit, period_end):
        found["unit"] = _("The unit does not report on this indicator.")
    if numerator > denominator:
        found["numerator"] = _("The part cannot be more than the whole.")
    if target.is_answer and denominator != 1:
        found["denominator"] = _("An answer is yes or no.")
    if not evidence and not url:
        found["evidence"] = _("Give a file or an address that proves the figures.")
    return found


def reports_on(target: Target, unit: Department, on: date) -> bool:
    """Whether a unit reports on a target for a period that ends on a day."""
    (question,) = questions([target], on)
    return target.is_reported and any(other.pk == unit.pk for other in question.units)


@transaction.atomic
def report(
    *,
    target: Target,
    unit: Department,
    period_end: date,
    numerator: int,
    denominator: int,
    user: Any,
    evidence: Any = None,
    url: str = "",
    note: str = "",
) -> Report:
    """Record figures of a unit; they count once somebody else has confirmed them.

    PermissionDenied for whoever does not report for the unit; ValidationError, by field, for impossible figures.
    """
    if not may_report(user, unit):
        raise PermissionDenied
    figures = {"target": target, "unit": unit, "period_end": period_end}
    figures |= {"numerator": numerator, "denominator": denominator, "evidence": evidence}
    if found := problems(**figures, url=url):
        raise ValidationError(found)
    row = Report(**figures, evidence_url=url, note=note, reported_by=user)
    row.full_clean(exclude=["is_confirmed", "decided_by", "decided_at"])
    row.save()
    log(instance=target.plan, action="plans.report", user=user, data=_told(row))
    return row


@transaction.atomic
def confirm(*, report: Report, user: Any) -> Report:
    """From now on the figures count. PermissionDenied, DecisionRefused."""
    return _decide(report, user, is_confirmed=True, reason="")


@transaction.atomic
def send_back(*, report: Report, user: Any, reason: str) -> Report:
    """The figures do not count; whoever reported them reads why and reports anew. PermissionDenied, DecisionRefused."""
    if not reason.strip():
        raise DecisionRefused({"reason": _("Say what has to be corrected.")})
    return _decide(report, user, is_confirmed=False, reason=reason.strip())


def _decide(report: Report, user: Any, *, is_confirmed: bool, reason: str) -> Report:
    if not may_decide(user, report):
        raise PermissionDenied
    open_rows = Report.objects.waiting().filter(pk=report.pk)
    if not open_rows.exists():
        raise DecisionRefused(_("Somebody has decided about these figures already, or newer ones were reported."))
    report.is_confirmed, report.reason = is_confirmed, reason
    report.decided_by, report.decided_at = user, timezone.now()
    report.save(update_fields=["is_confirmed", "reason", "decided_by", "decided_at"])
    touch()
    action = "plans.confirm" if is_confirmed else "plans.send_back"
    log(instance=report.target.plan, action=action, user=user, data=_told(report))
    return report


def _told(report: Report) -> dict[str, Any]:
    """What the log keeps of a report."""
    return {
        "target": report.target.name,
        "unit": report.unit.name,
        "until": report.period_end.isoformat(),
        "figures": f"{report.numerator}/{report.denominator}",
        "reason": report.reason,
    }
