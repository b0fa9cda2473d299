"""Until when a page that is sent for approval is to be published, and how long that still is."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from wagtail.models import Page

from core.working_days import WorkingDays
from editorial.calendar import CLOSES_AT, office_calendar
from editorial.deciders import unit_of
from editorial.kinds import kind_of
from editorial.models.limits import Start, TimeLimit, Urgency


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day of a review: until its end the page is to be published. `days` are working days from `start`."""

    due_on: date
    days: int
    start: date
    limit: TimeLimit


def deadline(page: Page, urgency: str, sent_at: datetime) -> Deadline:
    """The deadline of a page sent at `sent_at`, by the limit for its unit, kind and urgency.

    `page` is the specific page with the texts that are sent. A limit from the day of signing may have passed by then:
    the review ends with the working day after it is sent.
    """
    limit = TimeLimit.objects.narrowest(unit_of(page), kind_of(page))
    days, calendar, moment = limit.days(urgency), office_calendar(), timezone.localtime(sent_at)
    received = calendar.received_on(moment, CLOSES_AT)
    issued = getattr(page, "counted_from", None) if limit.starts_with == Start.ISSUE else None
    start = min(issued or moment.date(), moment.date())
    due = calendar.after(start, days) if days else received
    if due < received:
        due = calendar.after(moment.date(), 1)
    return Deadline(due_on=due, days=days, start=start, limit=limit)


def deadlines(page: Page, sent_at: datetime) -> dict[Urgency, Deadline]:
    """The deadline by every urgency, as offered to whoever sends the page."""
    return {urgency: deadline(page, urgency, sent_at) for urgency in Urgency}


def days_left(due_on: date, today: date, calendar: WorkingDays | None = None) -> int:
    """Working days until a deadline: 0 on its last day, negative once it is overdue.

    For many deadlines give the `office_calendar()`: without it, it is read for each.
    """
    return (calendar or office_calendar()).left(due_on, today)
