"""Rows of live pages whose owner must look at them again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from core.templatetags.portal import vn_date
from core.working_days import WorkingDays
from editorial.deadlines import days_left
from editorial.desk.badges import Badge, deadline_badge
from editorial.upkeep import Duty

#: as many are looked for; whoever has more is told of these first
MOST = 200


@dataclass(frozen=True, slots=True)
class DutyRow:
    """A live page: when it was looked at last, until when it is due, where it is read and confirmed."""

    title: str
    about: str
    badge: Badge
    last_day: str
    url: str
    confirm_url: str


def duty_rows(duties: Sequence[Duty], today: date, calendar: WorkingDays) -> list[DutyRow]:
    return [
        DutyRow(
            title=duty.page.get_admin_display_title(),
            about=_("Last reviewed on %(day)s") % {"day": vn_date(duty.page.reviewed_at)},
            badge=deadline_badge(days_left(duty.due_on, today, calendar)),
            last_day=_("Due on %(day)s") % {"day": vn_date(duty.due_on)},
            url=reverse("wagtailadmin_pages:edit", args=[duty.page.pk]),
            confirm_url=reverse("editorial:confirm", args=[duty.page.pk]),
        )
        for duty in duties
    ]
