"""The front page of the admin by role: what waits, what was sent, what may be written."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy
from wagtail.admin.ui.components import Component
from wagtail.admin.utils import get_user_display_name

from core.page_cache import today
from core.templatetags.portal import vn_date
from core.working_days import WorkingDays
from departments.models import RoleGroup
from departments.roles import PUBLISHER, REVIEWER, ROLES
from editorial.calendar import office_calendar
from editorial.deciders import posts_of
from editorial.desk.blocks import blocks_for
from editorial.desk.deciding import waiting_rows
from editorial.desk.duties import MOST, duty_rows
from editorial.desk.sent import reviews_sent_by, sent_rows
from editorial.desk.writing import Place, Shortcut, places_of, shortcuts_of
from editorial.menu import links_of
from editorial.upkeep import Duty, duties_of
from editorial.waiting import Waiting, waiting_in

#: rows of each list on the front page; the rest is on a page of its own
SHOWN = 10

#: Monday first
WEEKDAYS = (
    pgettext_lazy("day of the week in full", "Monday"),
    pgettext_lazy("day of the week in full", "Tuesday"),
    pgettext_lazy("day of the week in full", "Wednesday"),
    pgettext_lazy("day of the week in full", "Thursday"),
    pgettext_lazy("day of the week in full", "Friday"),
    pgettext_lazy("day of the week in full", "Saturday"),
    pgettext_lazy("day of the week in full", "Sunday"),
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number, what it counts, and the part of the page that lists it; `alarms` where it should be 0."""

    number: int
    label: str
    url: str
    alarms: bool = False


class DeskPanel(Component):
    """All of the front page: Wagtail shows it in place of its own panels."""

    order = 100
    template_name = "editorial/desk/panel.html"

    def __init__(self, request: Any) -> None:
        self.request = request

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        user, on, calendar = self.request.user, today(), office_calendar()
        posts = posts_of(user)
        places = places_of(user)
        decides = any(post.role in (REVIEWER.key, PUBLISHER.key) for post in posts)
        waiting = waiting_in(self.request) if decides else None
        reviews = reviews_sent_by(user, timezone.now())
        sent = list(reviews[:SHOWN])
        duties = duties_of(user, on, limit=MOST) if places else None
        sent_number = reviews.count() if len(sent) == SHOWN else len(sent)
        return {
            "title": _("Waiting for me"),
            "subtitle": " · ".join(filter(None, [get_user_display_name(user), _in_words(user, posts), day_words(on)])),
            "write_url": reverse("editorial:write") if places else "",
            "figures": _figures(waiting, sent_number, duties, on),
            "waiting": _waiting(waiting, user, on, calendar),
            "sent": _listed(sent_rows(sent, on), sent_number, "editorial:sent") if places or sent else None,
            "duties": _duties(duties, on, calendar),
            "blocks": blocks_for(user),
            "shortcuts": shortcuts_of(user, places),
            "request": self.request,
            "csrf_token": parent_context.get("csrf_token"),
            "links": _links(self.request, places, decides),
        }


def day_words(day: date) -> str:
    """ "Thứ Sáu, 15/11/2019"."""
    return f"{WEEKDAYS[day.weekday()]}, {vn_date(day)}"


def _in_words(user: Any, posts: list[RoleGroup]) -> str:
    if user.is_superuser:
        return pgettext("role", "Superuser")
    labels = {role.key: str(role.label) for role in ROLES}
    found = [
        ", ".join(filter(None, [labels.get(post.role, post.role), post.department.label if post.department else ""]))
        for post in posts
    ]
    return "; ".join(found)


def _figures(waiting: Waiting | None, sent: int, duties: list[Duty] | None, on: date) -> list[Figure]:
    found = []
    if waiting is not None:
        overdue = len(waiting.overdue(on))
        found.append(Figure(overdue, _("overdue for approval"), "#waiting", alarms=overdue > 0))
        found.append(Figure(len(waiting.to_decide) - overdue, _("waiting for approval in time"), "#waiting"))
    if duties is not None or sent:
        found.append(Figure(sent, _("sent by me"), "#sent"))
    if duties is not None:
        found.append(Figure(len(duties), _("to be reviewed soon"), "#duties"))
    return found


def _waiting(waiting: Waiting | None, user: Any, on: date, calendar: WorkingDays) -> dict[str, Any] | None:
    if waiting is None:
        return None
    rows = waiting_rows(waiting.to_decide[:SHOWN], user, on, calendar)
    listed = _listed(rows, len(waiting.to_decide), "editorial:waiting")
    return listed | {"handed_on": len(waiting.handed_on), "handed_on_url": reverse("editorial:handed_on")}


def _duties(duties: list[Duty] | None, on: date, calendar: WorkingDays) -> dict[str, Any] | None:
    return None if duties is None else _listed(duty_rows(duties[:SHOWN], on, calendar), len(duties), "editorial:duties")


def _listed(rows: list[Any], number: int, url_name: str) -> dict[str, Any]:
    return {"rows": rows, "number": number, "all_url": reverse(url_name) if number > len(rows) else ""}


def _links(request: Any, places: list[Place], decides: bool) -> list[Shortcut]:
    """For whoever neither writes nor decides: the lists and reports of their menu."""
    if places or decides:
        return []
    return [Shortcut(label, url) for label, url in links_of(request)]
