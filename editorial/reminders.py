"""What the calendar brings: reminders the working day before a deadline and when it has passed, then escalation."""

from datetime import date

from django.utils import timezone

from core.working_days import WorkingDays
from editorial.calendar import office_calendar
from editorial.models import ReviewState
from editorial.models.notices import NoticeKind
from editorial.models.submissions import Submission
from editorial.notices import addressees, escalate, tell

#: on this working day after the last day of the review, the group of the next step is asked
ESCALATED_ON_DAY = 2


def remind(today: date | None = None) -> None:
    """Write down the notices that are due on a day; repeatable, and safe to miss: days off bring none."""
    today = today or timezone.localdate()
    calendar = office_calendar()
    if not calendar.is_working(today):
        return
    hand_on_what_nobody_may_decide()
    due = Submission.objects.due_by(calendar.after(today, 1)).values("workflow_state")
    for state in ReviewState.objects.running().filter(workflow_state__in=due).select_related("workflow_state"):
        _remind_of(state, state.workflow_state.submission.due_on, today, calendar)


def _remind_of(state: ReviewState, due_on: date, today: date, calendar: WorkingDays) -> None:
    """A step that begins late is given a day before it is reminded, and two before it is handed on."""
    waits = calendar.between(timezone.localtime(state.started_at).date(), today)
    left = calendar.left(due_on, today)
    if waits < 1:
        return
    if left >= 0:
        tell(NoticeKind.DUE, state, addressees(state))
        return
    tell(NoticeKind.OVERDUE, state, state.voters())
    if left <= -ESCALATED_ON_DAY and waits >= ESCALATED_ON_DAY:
        escalate(state)


def hand_on_what_nobody_may_decide() -> None:
    """Where everybody who decides in a unit has written the page, or nobody does, the board is asked at once."""
    untold = ReviewState.objects.running().filter(step="unit", escalated_at=None, notices=None)
    for state in untold:
        if not state.voters().exists():
            escalate(state)
