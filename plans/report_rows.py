"""Reports as the admin shows them: lists of what is due and of what waits for a decision, facts about one."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from wagtail.admin.utils import get_user_display_name

from core.page_cache import today
from core.templatetags.portal import rate, vn_date, vn_number
from core.working_days import WorkingDays
from editorial import deciders
from editorial.calendar import office_calendar
from editorial.desk.badges import Badge, deadline_badge
from plans.dashboard.figures import target_words
from plans.duties import DutyState, ReportDuty, duties, to_decide
from plans.models import Report
from plans.outcomes import current_plan
from plans.rights import units_reported_by


@dataclass(frozen=True, slots=True)
class DutyRow:
    """An indicator that a unit reports: how far it is, until when, what was reported, where it is done."""

    title: str
    about: str
    badge: Badge
    last_day: str
    figures: str
    previous: str
    is_open: bool
    url: str


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """Figures that wait for the user to confirm them."""

    title: str
    about: str
    figures: str
    note: str
    evidence_url: str
    url: str


def duties_of(user: Any) -> list[DutyRow]:
    """What the user's units report on the plan in force; nothing for superusers, who have no unit."""
    plan, units = current_plan(), units_reported_by(user)
    if plan is None or not units:
        return []
    calendar = office_calendar()
    return [duty_row(duty, calendar) for duty in duties(plan, today(), calendar, units)]


def decisions_of(user: Any) -> list[DecisionRow]:
    """What waits for the user: of the units that the user heads, of all for the board and superusers."""
    is_whole = user.is_superuser or deciders.is_on_board(user)
    units = None if is_whole else deciders.units_headed_by(user)
    if units == []:
        return []
    return [_decision_row(report) for report in to_decide(user, units)]


def duty_row(duty: ReportDuty, calendar: WorkingDays) -> DutyRow:
    return DutyRow(
        title=duty.target.name,
        about=_("%(unit)s, figures until %(day)s") % {"unit": duty.unit.label, "day": vn_date(duty.period_end)},
        badge=_badge(duty, calendar),
        last_day=_("Due on %(day)s") % {"day": vn_date(duty.due_on)},
        figures=figures(duty.report),
        previous=figures(duty.previous),
        is_open=duty.is_open,
        url=_form_url(duty, duty.period_end),
    )


def figures(report: Report | None) -> str:
    """ "18/20 (90,0%)", or yes or no; empty where nothing was reported."""
    if report is None:
        return ""
    if report.target.is_answer:
        return pgettext("answer of a unit", "Yes") if report.numerator else pgettext("answer of a unit", "No")
    share = f" ({rate(report.numerator / report.denominator)})" if report.denominator else ""
    return f"{vn_number(report.numerator)}/{vn_number(report.denominator)}{share}"


def _badge(duty: ReportDuty, calendar: WorkingDays) -> Badge:
    if duty.state == DutyState.DUE:
        return deadline_badge(calendar.left(duty.due_on, today()))
    return {
        DutyState.OVERDUE: Badge("error", "warning", _("Report overdue")),
        DutyState.WAITING: Badge("info", "time", _("Waits for confirmation")),
        DutyState.CONFIRMED: Badge("ok", "check", _("Report confirmed")),
        DutyState.SENT_BACK: Badge("warn", "undo", _("Report sent back")),
    }[duty.state]


def _form_url(duty: ReportDuty, period_end: date) -> str:
    number = duty.target.plan.period_ends().index(period_end) + 1
    return reverse("plans:report", args=[duty.target.pk, duty.unit.pk, number])


def _decision_row(report: Report) -> DecisionRow:
    return DecisionRow(
        title=report.target.name,
        about=_("%(unit)s, figures until %(day)s; reported by %(name)s")
        % {
            "unit": report.unit.label,
            "day": vn_date(report.period_end),
            "name": _name(report.reported_by) or "–",
        },
        figures=figures(report),
        note=report.note,
        evidence_url=evidence_url(report),
        url=reverse("plans:decide", args=[report.pk]),
    )


def _name(user: Any) -> str:
    return get_user_display_name(user) if user else ""


def evidence_url(report: Report) -> str:
    return report.evidence.url if report.evidence else report.evidence_url


def duty_facts(duty: ReportDuty) -> dict[str, Any]:
    """What stands above the form: the target, the deadline, earlier figures, and other periods."""
    target = duty.target
    facts = [
        (_("Target of the plan"), f"{target_words(target)} ({target.plan.number})"),
        (_("Reporting period"), _("from 1 January to %(day)s") % {"day": vn_date(duty.period_end)}),
        (_("Deadline"), vn_date(duty.due_on)),
        (_("Figures of the last period"), _previous(duty)),
        (_("Sent back because"), duty.report.reason if duty.report else ""),
    ]
    history = target.reports.filter(unit=duty.unit).select_related("target", "evidence", "reported_by", "decided_by")
    return {
        "facts": [(label, value) for label, value in facts if value],
        "history": [_history_row(report) for report in history],
        "periods": [
            {"until": vn_date(end), "url": "" if end == duty.period_end else _form_url(duty, end)}
            for end in target.plan.period_ends()
            if end <= today()
        ],
    }


def _previous(duty: ReportDuty) -> str:
    if duty.previous is None:
        return ""
    return f"{figures(duty.previous)}, {vn_date(duty.previous.period_end)}"


def _history_row(report: Report) -> dict[str, str]:
    states = {None: _("Waits for confirmation"), True: _("Report confirmed"), False: _("Report sent back")}
    return {
        "until": vn_date(report.period_end),
        "figures": figures(report),
        "reported": f"{vn_date(report.reported_at)} {_name(report.reported_by)}".strip(),
        "state": states[report.is_confirmed],
        "reason": report.reason,
        "evidence_url": evidence_url(report),
    }
