"""Rows of what waits for a decision."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.utils import get_user_display_name
from wagtail.models import Page

from core.templatetags.portal import vn_date
from core.working_days import WorkingDays
from editorial.calendar import CLOSES_AT
from editorial.deadlines import days_left
from editorial.desk.badges import Badge, deadline_badge
from editorial.desk.pages import described, pages_by_id
from editorial.models import ReviewState
from editorial.models.limits import Urgency
from editorial.models.submissions import Submission
from editorial.waiting import page_id, submission_of


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """A page that waits: what it is, who sent it, until when, and where it is read.

    `decides` is False where the user wrote the page, so that others decide.
    """

    title: str
    about: str
    sender: str
    asked: str
    badge: Badge | None
    last_day: str
    url: str
    decides: bool


def waiting_rows(
    states: Sequence[ReviewState], user: Any, today: date, calendar: WorkingDays, *, decides: bool = True
) -> list[WaitingRow]:
    pages = pages_by_id(map(page_id, states))
    rows = []
    for state in states:
        said, page = submission_of(state), pages[page_id(state)]
        rows.append(
            WaitingRow(
                title=page.get_admin_display_title(),
                about=_about(page, said),
                sender=get_user_display_name(said.submitted_by) if said and said.submitted_by else "",
                asked=_asked(said, user),
                badge=deadline_badge(days_left(said.due_on, today, calendar)) if said else None,
                last_day=_last_day(said.due_on, today) if said else "",
                url=reverse("editorial:review", args=[page.pk]),
                decides=decides,
            )
        )
    return rows


def _about(page: Page, said: Submission | None) -> str:
    urgent = said is not None and said.urgency != Urgency.NORMAL
    return described(page, said.get_urgency_display().lower() if urgent else "")


def _asked(said: Submission | None, user: Any) -> str:
    if said is None or said.reviewer is None:
        return ""
    if said.reviewer_id == user.pk:
        return _("You are asked by name")
    return _("%(name)s is asked by name") % {"name": get_user_display_name(said.reviewer)}


def _last_day(due_on: date, today: date) -> str:
    if due_on == today:
        return _("Until %(hour)s:%(minute)s") % {"hour": CLOSES_AT.hour, "minute": f"{CLOSES_AT.minute:02d}"}
    return _("Due on %(day)s") % {"day": vn_date(due_on)}
