"""Rows of what a user sent for approval, and where each page is now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from wagtail.admin.utils import get_user_display_name
from wagtail.models import Page, Revision, WorkflowState

from core.templatetags.portal import vn_date
from editorial.desk.badges import Badge
from editorial.models import ReviewState, Step

#: how long what was approved goes on being shown
SHOWN_FOR = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class SentRow:
    """A page that was sent: the badge says how it stands, the text since when or why."""

    title: str
    url: str
    badge: Badge
    text: str


def reviews_sent_by(user: Any, now: datetime) -> QuerySet[WorkflowState]:
    """The latest review of each page, where the user sent it: sent back first, then waiting, then lately approved."""
    later = WorkflowState.objects.filter(
        base_content_type=OuterRef("base_content_type"), object_id=OuterRef("object_id"), pk__gt=OuterRef("pk")
    )
    approved, returned = WorkflowState.STATUS_APPROVED, WorkflowState.STATUS_NEEDS_CHANGES
    of_interest = Q(status__in=(returned, WorkflowState.STATUS_IN_PROGRESS))
    of_interest |= Q(status=approved, current_task_state__finished_at__gte=now - SHOWN_FOR)
    mine = WorkflowState.objects.filter(of_interest, ~Exists(later), submission__submitted_by=user)
    rank = Case(When(status=returned, then=Value(0)), When(status=approved, then=Value(2)), default=Value(1))
    related = ("submission__reviewer", "current_task_state__reviewstate")
    return mine.annotate(rank=rank).select_related(*related).order_by("rank", "submission__due_on", "-pk")


def sent_rows(reviews: Sequence[WorkflowState], today: date) -> list[SentRow]:
    numbers = [int(review.object_id) for review in reviews]
    pages, scheduled = Page.objects.in_bulk(numbers), _scheduled(numbers)
    rows = []
    for review in reviews:
        page = pages.get(int(review.object_id))
        if page is not None:
            badge, text = _stands(review, page, scheduled.get(page.pk), today)
            url = reverse("wagtailadmin_pages:edit", args=[page.pk])
            rows.append(SentRow(page.get_admin_display_title(), url, badge, text))
    return rows


def _scheduled(numbers: Sequence[int]) -> dict[int, datetime]:
    """When approved pages go live that are not to do so at once."""
    waiting = Revision.objects.page_revisions().filter(object_id__in=map(str, numbers))
    waiting = waiting.filter(approved_go_live_at__isnull=False)
    return {int(page): moment for page, moment in waiting.values_list("object_id", "approved_go_live_at")}


def _stands(review: WorkflowState, page: Page, go_live_at: datetime | None, today: date) -> tuple[Badge, str]:
    task = review.current_task_state
    if review.status == WorkflowState.STATUS_NEEDS_CHANGES:
        return Badge("warn", "warning", _("To be changed")), _("Sent back: %(reason)s") % {"reason": task.comment}
    if review.status == WorkflowState.STATUS_IN_PROGRESS:
        return _deadline(review.submission.due_on, today), _waits(review, task.reviewstate)
    if go_live_at is not None:
        text = _("Goes online on %(day)s") % {"day": timezone.localtime(go_live_at).strftime("%d/%m/%Y %H:%M")}
        return Badge("info", "time", _("Approved")), text
    if not page.live:
        return Badge("grey", "minus", _("Not online any more")), _("Approved on %(day)s") % _on(task.finished_at)
    text = _("Published for all to read on %(day)s") % _on(task.finished_at)
    return Badge("ok", "check", pgettext("state of a page", "Online")), text


def _deadline(due_on: date, today: date) -> Badge:
    if due_on < today:
        return Badge("error", "warning", _("Overdue since %(day)s") % {"day": vn_date(due_on)})
    return Badge("info", "time", _("Due on %(day)s") % {"day": vn_date(due_on)})


def _waits(review: WorkflowState, state: ReviewState) -> str:
    since = _on(state.escalated_at or state.started_at)
    if state.escalated_at:
        return _("Waits for the portal board in place of the unit since %(day)s") % since
    if state.step == Step.BOARD:
        return _("Waits for the portal board since %(day)s") % since
    reviewer = review.submission.reviewer
    if reviewer is None:
        return _("Waits for the head of the unit since %(day)s") % since
    return _("Waits for %(name)s since %(day)s") % {"name": get_user_display_name(reviewer), **since}


def _on(moment: datetime) -> dict[str, str]:
    return {"day": vn_date(moment)}
