"""What somebody who decides about a page is shown, and the decision itself."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from wagtail.admin.utils import get_user_display_name
from wagtail.models import Page, TaskState, WorkflowState

from core.templatetags.portal import vn_date
from editorial.contributors import contributors
from editorial.deadlines import days_left
from editorial.kinds import kind_name, kind_of
from editorial.models import ReviewState
from editorial.models.submissions import Submission
from editorial.submitting import lacking


@dataclass(frozen=True, slots=True)
class Fact:
    """Something known of the review; `alarms` where it asks for attention."""

    label: str
    value: str
    alarms: bool = False


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that happened in the review: what, by whom, when, with what comment."""

    what: str
    who: str
    when: datetime | None
    comment: str


@dataclass(frozen=True, slots=True)
class Review:
    """A page under review as one user sees it.

    `state` is the step that waits; `missing` says what readers could not be shown; `may_approve` is False for whoever
    wrote the page, `needs_reason` True for a superuser who did.
    """

    page: Page
    state: ReviewState
    submission: Submission | None
    missing: list[str]
    decides: bool
    wrote_it: bool
    is_superuser: bool

    @property
    def may_approve(self) -> bool:
        return self.decides and (self.is_superuser or not self.wrote_it)

    @property
    def needs_reason(self) -> bool:
        return self.is_superuser and self.wrote_it

    @property
    def kind(self) -> str:
        return kind_name(kind_of(self.page))

    @property
    def facts(self) -> list[Fact]:
        """Which step waits, who sent the page, until when, with what note; what is not known is left out."""
        unit = f" ({self.state.department.label})" if self.state.department_id else ""
        found = [Fact(_("Step"), f"{self.state.task.name}{unit}")]
        if self.submission is not None:
            found += self._said(self.submission)
        return [fact for fact in found if fact.value]

    def _said(self, said: Submission) -> list[Fact]:
        sent = f"{named(said.submitted_by)}, {timezone.localtime(said.submitted_at):%d/%m/%Y %H:%M}"
        left = days_left(said.due_on, timezone.localdate())
        due = vn_date(said.due_on) + (f" ({_('overdue')})" if left < 0 else "")
        return [
            Fact(_("Sent by"), sent),
            Fact(_("To be published by"), due, alarms=left < 0),
            Fact(pgettext("of a review", "Urgency"), said.get_urgency_display()),
            Fact(_("Asked first"), named(said.reviewer) if said.reviewer else ""),
            Fact(pgettext("for whoever decides", "Note"), said.note),
        ]

    @property
    def compare_url(self) -> str:
        """Address of the comparison with what is live; empty where nothing is."""
        if not self.page.live or not self.page.live_revision_id:
            return ""
        return reverse(
            "wagtailadmin_pages:revisions_compare",
            args=[self.page.pk, self.page.live_revision_id, self.state.revision_id],
        )

    @property
    def deeds(self) -> list[Deed]:
        """Votes of this step, then what was decided in all sendings of this review, the latest first; skipped steps are
        none."""
        votes = self.state.votes.select_related("user").order_by("-created_at")
        states = TaskState.objects.filter(workflow_state=self.state.workflow_state_id).exclude(pk=self.state.pk)
        done = states.exclude(status=TaskState.STATUS_SKIPPED).select_related("task", "finished_by")
        return [
            *(Deed(_("Approved"), named(vote.user), vote.created_at, vote.comment) for vote in votes),
            *(
                Deed(
                    f"{step.task.name}: {step.get_status_display()}",
                    named(step.finished_by),
                    step.finished_at,
                    step.comment,
                )
                for step in done.order_by("-finished_at", "-pk")
            ),
        ]


def named(user: Any) -> str:
    """What the admin calls a user; a dash for nobody, as where an account was deleted."""
    return get_user_display_name(user) if user else "–"


def review_of(page: Page, user: Any) -> Review | None:
    """The review of a page; None where it waits for no decision."""
    state = ReviewState.objects.running_on(page).first()
    if state is None:
        return None
    draft = page.get_latest_revision_as_object()
    return Review(
        page=draft,
        state=state,
        submission=Submission.objects.of(state),
        missing=lacking(draft),
        decides=state.is_decided_by(user),
        wrote_it=user.pk in contributors(page),
        is_superuser=user.is_superuser,
    )


def may_read(page: Page, user: Any) -> bool:
    """True for those who decide about the page or write it."""
    return page.permissions_for_user(user).can_edit()


def decide(*, state: ReviewState, user: Any, approves: bool, comment: str) -> str:
    """Approve, or send back; return what came of it: "approved", "counted", "published", "scheduled" or "returned".

    DecisionRefused or PublishRefused, both ValidationErrors, where that is not possible.
    """
    if not approves:
        state.reject(user=user, comment=comment)
        return "returned"
    state.approve(user=user, comment=comment)
    workflow_state = WorkflowState.objects.get(pk=state.workflow_state_id)
    if workflow_state.status == WorkflowState.STATUS_APPROVED:
        return "published" if workflow_state.content_object.live else "scheduled"
    return "counted" if workflow_state.current_task_state_id == state.pk else "approved"
