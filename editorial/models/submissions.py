"""What was said when a page was sent for approval: to whom, how urgent, until when."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, TaskState, WorkflowState

from editorial.models.limits import Urgency


class SubmissionQuerySet(models.QuerySet):
    def of(self, state: TaskState) -> "Submission | None":
        """What was said of the review that a step belongs to; None where a review began before that was kept."""
        return self.filter(workflow_state=state.workflow_state_id).select_related("submitted_by", "reviewer").first()

    def running(self):
        """Those that wait for a decision."""
        return self.filter(workflow_state__status=WorkflowState.STATUS_IN_PROGRESS)

    def overdue(self, today: date):
        """Those that wait although their last day has passed."""
        return self.running().filter(due_on__lt=today)

    def due_by(self, day: date):
        """Those that wait and whose last day is `day` or an earlier one."""
        return self.running().filter(due_on__lte=day)

    def sent_by(self, user: Any):
        """Those that a user sent, the latest first."""
        return self.filter(submitted_by=user).order_by("-submitted_at")


class Submission(models.Model):
    """One sending of a page for approval; sent again after changes, it says what was said last.

    One last day counts for the whole review, whichever step it is at.
    """

    workflow_state = models.OneToOneField(
        WorkflowState, verbose_name=_("review"), on_delete=models.CASCADE, related_name="submission"
    )
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("reviewer"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    urgency = models.CharField(_("urgency of the review"), max_length=20, choices=Urgency, default=Urgency.NORMAL)
    note = models.TextField(_("note for whoever decides"), blank=True)
    due_on = models.DateField(_("to be published by"), db_index=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("sent by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    submitted_at = models.DateTimeField(_("sent on"))

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("sending for approval")
        verbose_name_plural = _("sendings for approval")

    def __str__(self) -> str:
        return str(self.workflow_state_id)

    @property
    def page(self) -> Page:
        return self.workflow_state.content_object
