"""What waits for a decision: for whom, since when, until when."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.db.models import F, PositiveIntegerField
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.models import Page

from core.page_cache import today
from editorial.calendar import office_calendar
from editorial.desk.badges import deadline_badge
from editorial.models import ReviewState, Step, Submission
from editorial.models.review import ReviewStateQuerySet
from editorial.reports.filters import ReportFilter, kind_of_type, title_of
from editorial.reports.table import Cell, Report, local
from editorial.waiting import submission_of


class WaitingFilter(ReportFilter):
    step = forms.ChoiceField(
        required=False,
        label=gettext_lazy("Step of the review"),
        choices=[("", gettext_lazy("Both steps")), *Step.choices],
    )
    overdue = forms.BooleanField(required=False, label=gettext_lazy("Only overdue"))
    field_order = ["unit", "kind", "step", "overdue"]


class WaitingReport(Report):
    """Those that are due first come first."""

    name = "waiting"
    title = gettext_lazy("Waiting for a decision")
    note = gettext_lazy(
        "Working days are counted by the office's calendar. A page is overdue from the day after the one by which it is"
        " to be published."
    )
    file_name = "cho-duyet"
    filter_class = WaitingFilter

    def columns(self) -> Sequence[Any]:
        return (
            pgettext_lazy("column of a report", "Page"),
            gettext_lazy("Kind of content"),
            gettext_lazy("Unit"),
            gettext_lazy("Step of the review"),
            gettext_lazy("Waits for"),
            gettext_lazy("Sent by"),
            gettext_lazy("Waits since"),
            gettext_lazy("Working days waited"),
            gettext_lazy("To be published by"),
            gettext_lazy("Deadline"),
        )

    def count(self) -> int:
        return self._states().count()

    def rows(self, start: int, stop: int) -> list[list[Any]]:
        relations = ("department", "workflow_state__submission__reviewer", "workflow_state__submission__submitted_by")
        states = list(self._states().select_related(*relations)[start:stop])
        pages = self._pages_of(states)
        calendar, now = office_calendar(), today()
        return [self._row(state, pages[state.page_number], calendar, now) for state in states]

    def _row(self, state: ReviewState, page: Page, calendar: Any, now: Any) -> list[Any]:
        submission = submission_of(state)
        since = local(state.started_at).date()
        left = calendar.left(submission.due_on, now) if submission else None
        return [
            Cell(title_of(page), reverse("editorial:review", args=[page.pk])),
            self.filters.kind_name(kind_of_type(page.content_type_id)),
            self.filters.unit_name(page.unit),
            state.get_step_display(),
            self._asked(state, page, submission),
            _name_of(submission.submitted_by) if submission else "",
            since,
            calendar.between(since, now),
            submission.due_on if submission else None,
            Cell(deadline_badge(left).text, alarms=left < 0) if left is not None else None,
        ]

    def _asked(self, state: ReviewState, page: Page, submission: Submission | None) -> str:
        """The reviewer who was named for this step, otherwise the group."""
        first_step = state.step == Step.UNIT or page.unit is None
        if submission and submission.reviewer and first_step and not state.escalated_at:
            return _name_of(submission.reviewer)
        board = _("Portal board")
        if state.step == Step.BOARD:
            return board
        heads = _("Heads of %(unit)s") % {"unit": state.department.label if state.department else ""}
        return f"{heads}; {board}" if state.escalated_at else heads

    def _states(self) -> ReviewStateQuerySet:
        asked = self.filters.cleaned_data
        number = Cast("workflow_state__object_id", PositiveIntegerField())
        states = ReviewState.objects.running().annotate(page_number=number)
        states = states.filter(page_number__in=self.filters.pages().values("pk"))
        if asked["step"]:
            states = states.filter(step=asked["step"])
        if asked["overdue"]:
            states = states.filter(workflow_state__submission__due_on__lt=today())
        return states.order_by(F("workflow_state__submission__due_on").asc(nulls_last=True), "started_at", "pk")

    def _pages_of(self, states: Iterable[ReviewState]) -> dict[int, Page]:
        pages = self.filters.scope.pages.filter(pk__in=[state.page_number for state in states])
        return {page.pk: page for page in pages}


def _name_of(user: Any) -> str:
    return (user.get_full_name() or user.get_username()) if user else ""
