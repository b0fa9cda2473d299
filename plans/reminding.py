"""Units are reminded of reports that are due soon or overdue: each of their people once before and once after."""

from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from wagtail.users.models import UserProfile

from core.page_cache import today
from core.templatetags.portal import vn_date
from departments.roles import AUTHOR, REVIEWER
from editorial.calendar import office_calendar
from editorial.mailing import deliver, drop, hand_over
from plans.duties import ReportDuty, deadline, duties, last_period
from plans.models import Plan
from plans.models.reminders import ReminderKind, ReportReminder
from plans.outcomes import current_plan
from plans.rights import units_reported_by

#: working days after the deadline from which on nobody is reminded any more: what is so late is asked for by people
TOO_LATE = 20


def remind(day: date | None = None) -> int:
    """Write down the reminders that are due on a day; how many are new. Repeatable, and safe to miss."""
    day = day or today()
    plan = current_plan()
    kind = due_kind(plan, day) if plan else None
    if plan is None or kind is None:
        return 0
    units = {duty.unit.pk for duty in duties(plan, day, office_calendar()) if duty.is_open}
    about = {"kind": kind, "plan": plan, "period_end": last_period(plan, day)}
    told = ReportReminder.objects.filter(**about).values("recipient")
    now = timezone.now()
    rows = [
        ReportReminder(recipient=user, created_at=now, next_attempt_at=now, **about)
        for user in reporters(units).exclude(pk__in=told)
    ]
    ReportReminder.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def due_kind(plan: Plan, day: date) -> ReminderKind | None:
    """Which reminder a day brings for the last period that is over; days off bring none."""
    calendar, period_end = office_calendar(), last_period(plan, day)
    if period_end is None or not calendar.is_working(day):
        return None
    left = calendar.left(deadline(plan, period_end, calendar), day)
    if left < 0:
        return ReminderKind.OVERDUE if left >= -TOO_LATE else None
    return ReminderKind.DUE if left <= plan.remind_days else None


def reporters(units: Iterable[int]) -> QuerySet:
    """Active users with an address who report for one of the units (by id)."""
    posts = {"groups__role_group__role__in": (AUTHOR.key, REVIEWER.key), "groups__role_group__department__in": units}
    return get_user_model().objects.filter(is_active=True, **posts).exclude(email="").distinct()


def send_waiting() -> int:
    """Send the reminders that wait; the number sent."""
    return deliver(ReportReminder.objects.all(), send)


def send(reminder: ReportReminder) -> bool:
    """Send a reminder that is claimed; False where everything has been reported by now or it can reach nobody."""
    user, plan = reminder.recipient, reminder.plan
    found = duties(plan, reminder.period_end, office_calendar(), units_reported_by(user))
    open_ones = [duty for duty in found if duty.is_open and duty.period_end == reminder.period_end]
    if not (open_ones and user.is_active and user.email):
        drop(reminder)
        return False
    language = UserProfile.get_for_user(user).preferred_language or settings.LANGUAGE_CODE
    with translation.override(language):
        hand_over(reminder, compose(reminder, open_ones))
    return True


def compose(reminder: ReportReminder, open_ones: list[ReportDuty]) -> EmailMessage:
    """The e-mail in the language at hand. Sent a second time after a crash, it has the same Message-ID."""
    values = {"plan": reminder.plan.number, "day": vn_date(open_ones[0].due_on)}
    if reminder.kind == ReminderKind.DUE:
        subject = _("To be reported by %(day)s: targets of plan %(plan)s") % values
    else:
        subject = _("Report overdue since %(day)s: targets of plan %(plan)s") % values
    names = [f"- {duty.unit.label}: {duty.target.name}" for duty in open_ones]
    lines = [_("Your unit is yet to report on these indicators:"), *names, "", _("Open it here:")]
    lines += [
        settings.WAGTAILADMIN_BASE_URL.rstrip("/") + reverse("plans:reports"),
        "",
        str(settings.WAGTAIL_SITE_NAME),
    ]
    host = settings.WAGTAILADMIN_BASE_URL.split("://")[-1].split("/")[0].split(":")[0]
    return EmailMessage(
        subject=" ".join(subject.split()),
        body="\n".join(lines),
        to=[reminder.recipient.email],
        headers={"Message-ID": f"<report-{reminder.pk}@{host}>", "Auto-Submitted": "auto-generated"},
    )
