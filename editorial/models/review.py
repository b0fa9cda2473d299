"""The two steps of a review, who decides in them, and how often."""

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.forms import TaskStateCommentForm
from wagtail.locks import WorkflowLock
from wagtail.log_actions import log
from wagtail.models import Page, Task, TaskState, WorkflowState
from wagtail.signals import task_submitted

from departments.models import Department
from editorial import deciders
from editorial.contributors import contributors
from editorial.forms import ReasonForm
from editorial.kinds import kind_of
from editorial.models.rules import ApprovalRule


class Step(models.TextChoices):
    """The steps of a review, in their order."""

    UNIT = "unit", _("approval of the unit")
    BOARD = "board", _("approval of the portal board")


class DecisionRefused(ValidationError):
    """Somebody may not decide, or not in this way; the message says why."""


class ReviewStateQuerySet(models.QuerySet):
    def running(self):
        """Steps that wait for a decision."""
        return self.filter(status=TaskState.STATUS_IN_PROGRESS, workflow_state__status=WorkflowState.STATUS_IN_PROGRESS)

    def running_on(self, page: Page):
        """The step of a page that waits for a decision."""
        return self.running().filter(workflow_state__in=WorkflowState.objects.for_instance(page))

    def decided_by(self, user: Any):
        """Steps that a user decides by one of their groups; whether they wrote the page is not looked at."""
        units = deciders.units_headed_by(user)
        mine = models.Q(step=Step.UNIT, department__in=units)
        if deciders.is_on_board(user):
            mine |= models.Q(step=Step.BOARD) | models.Q(escalated_at__isnull=False)
        return self.filter(mine)


class ReviewState(TaskState):
    """One step of one review: which unit it is addressed to, and who has approved so far."""

    step = models.CharField(_("step of the review"), max_length=10, choices=Step)
    department = models.ForeignKey(
        Department, verbose_name=_("unit"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    #: when the portal board was asked to decide in place of the unit, which had not
    escalated_at = models.DateTimeField(_("handed to the portal board"), null=True, blank=True)

    objects = ReviewStateQuerySet.as_manager()
    exclude_fields_in_copy = ["votes"]

    @property
    def page(self) -> Page:
        return self.workflow_state.content_object

    @property
    def rule(self) -> ApprovalRule:
        return ApprovalRule.objects.narrowest(deciders.unit_of(self.page), kind_of(self.page))

    def members(self) -> models.QuerySet:
        """Users whom this step asks."""
        if self.step == Step.BOARD:
            return deciders.board()
        heads = deciders.heads(self.department_id)
        return (heads | deciders.board()).distinct() if self.escalated_at else heads

    def is_decided_by(self, user: Any) -> bool:
        return user.is_active and (user.is_superuser or self.members().filter(pk=user.pk).exists())

    def voters(self) -> models.QuerySet:
        """Those of them who may approve: they have not written the page."""
        return self.members().exclude(pk__in=contributors(self.page))

    # --- decisions -------------------------------------------------------------------------------------------------

    @transaction.atomic
    def approve(self, user: Any = None, update: bool = True, comment: str = "") -> TaskState:
        """Count the user's approval; with the last one that is needed, the step is done.

        Every door comes through here (editor, modal, dashboard, API, code). DecisionRefused where the user does not
        decide in this step or wrote the page; a superuser who wrote it must give a reason.
        """
        self._wait_for_others()
        self._require_decider(user)
        if user.pk in contributors(self.page) and not (user.is_superuser and comment.strip()):
            raise DecisionRefused(
                gettext("You have changed this page since it was last published: somebody else must approve it.")
            )
        if user.is_superuser or self._is_enough(user, comment):
            return super().approve(user=user, update=update, comment=comment)
        return self

    def _is_enough(self, user: Any, comment: str) -> bool:
        ReviewVote.objects.get_or_create(state=self, user=user, defaults={"comment": comment})
        voters = self.voters()
        given = self.votes.filter(user__in=voters).count()
        if given >= self.rule.needed(self.step, voters.count()):
            return True
        data = {"comment": comment, "step": self.step}
        log(instance=self.page, action="editorial.vote", user=user, data=data, revision=self.revision)
        return False

    @transaction.atomic
    def reject(self, user: Any = None, update: bool = True, comment: str = "") -> TaskState:
        """Send the page back to its authors. DecisionRefused without a reason, or from somebody who does not decide."""
        self._wait_for_others()
        self._require_decider(user)
        if not comment.strip():
            raise DecisionRefused(gettext("Say what has to be changed: the author reads it."))
        return super().reject(user=user, update=update, comment=comment)

    def _wait_for_others(self) -> None:
        """Two who decide at the same moment decide one after the other, and the second sees what the first did."""
        state = ReviewState.objects.select_for_update(of=("self",)).get(pk=self.pk)
        if state.status != self.STATUS_IN_PROGRESS:
            raise DecisionRefused(gettext("Somebody else has decided about this page already."))

    def _require_decider(self, user: Any) -> None:
        if user is None:
            raise PermissionDenied
        if not self.is_decided_by(user):
            raise DecisionRefused(gettext("This page waits for the approval of others: you do not decide about it."))

    @transaction.atomic
    def begin_anew(self) -> None:
        """Start the review again with the page as it is now: approvals so far were of another text."""
        self.cancel(resume=True, comment=gettext("The page was changed: the review begins anew."))


class ReviewVote(models.Model):
    """An approval that counts towards those which a step needs."""

    state = models.ForeignKey(ReviewState, on_delete=models.CASCADE, related_name="votes")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    comment = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["state", "user"], name="one_vote_a_member")]

    def __str__(self) -> str:
        return f"{self.user}: {self.created_at:%d/%m/%Y}"


class ReviewLock(WorkflowLock):
    """Keeps everybody from editing a page under review, and says how to go on."""

    def get_message(self, user: Any) -> str:
        return gettext(
            "This page waits for a decision (%(step)s): nobody changes it meanwhile. To change it, take it back or let "
            "it be sent back."
        ) % {"step": self.task.name}

    def get_description(self, user: Any, can_lock: bool = False) -> str:
        return gettext("Under review: it is read and decided about, not changed.")


class ReviewTask(Task):
    """A step of the review of every page: the unit's heads, then the portal board.

    One workflow serves all units and languages: whom a step asks follows from the section that the page lies in.
    """

    step = models.CharField(_("step of the review"), max_length=10, choices=Step, unique=True)

    task_state_class = ReviewState
    lock_class = ReviewLock
    admin_form_fields = ["name"]
    admin_form_readonly_on_edit_fields = ["name"]

    class Meta:
        verbose_name = _("step of the review")
        verbose_name_plural = _("steps of the review")

    @classmethod
    def get_description(cls) -> str:
        return gettext("Asks the heads of the unit or the portal board, as the page's section says.")

    def start(self, workflow_state: WorkflowState, user: Any = None) -> TaskState:
        """Ask those who decide; a step that does not apply is skipped.

        The board is asked only about a text that the unit has approved: a page that the board sent back and its author
        mended goes to the unit first.
        """
        page = workflow_state.content_object
        unit = deciders.unit_of(page)
        if self.step == Step.BOARD and unit is not None and not self._unit_has_approved(workflow_state):
            return ReviewTask.objects.get(step=Step.UNIT).start(workflow_state, user)
        state = ReviewState(
            workflow_state=workflow_state,
            revision=page.get_latest_revision(),
            task=self,
            step=self.step,
            department_id=unit if self.step == Step.UNIT else None,
        )
        if self._is_left_out(unit, page):
            state.status, state.finished_at = TaskState.STATUS_SKIPPED, timezone.now()
        state.save()
        if state.status == TaskState.STATUS_IN_PROGRESS:
            task_submitted.send(sender=ReviewState, instance=state, user=user)
        return state

    def _is_left_out(self, unit: int | None, page: Page) -> bool:
        if unit is None:
            return self.step == Step.UNIT
        return self.step == Step.BOARD and not ApprovalRule.objects.narrowest(unit, kind_of(page)).needs_board

    @staticmethod
    def _unit_has_approved(workflow_state: WorkflowState) -> bool:
        latest = workflow_state.content_object.latest_revision_id
        approved = workflow_state.task_states.filter(status=TaskState.STATUS_APPROVED, revision_id=latest)
        return approved.filter(reviewstate__step=Step.UNIT).exists()

    # --- what the editor asks --------------------------------------------------------------------------------------

    def _state_of(self, page: Page) -> ReviewState | None:
        return ReviewState.objects.running_on(page).filter(task=self).first()

    def user_can_access_editor(self, obj: Page, user: Any) -> bool:
        state = self._state_of(obj)
        return state is not None and state.is_decided_by(user)

    def locked_for_user(self, obj: Page, user: Any) -> bool:
        """Nobody edits a page under review: whoever decides reads it, and sends it back where it must be changed."""
        return True

    def get_actions(self, obj: Page, user: Any) -> list[tuple[str, Any, bool]]:
        """Decisions open to the user: (name, label, whether a form asks for more)."""
        state = self._state_of(obj)
        if state is None or not state.is_decided_by(user):
            return []
        actions = [("reject", _("Send back with a reason"), True)]
        if user.pk not in contributors(obj):
            return [*actions, ("approve", _("Approve"), False), ("approve", _("Approve with a comment"), True)]
        if user.is_superuser:
            actions.append(("approve", _("Approve your own work, with a reason"), True))
        return actions

    def get_form_for_action(self, action: str) -> type[TaskStateCommentForm]:
        return ReasonForm if action == "reject" else TaskStateCommentForm

    def get_task_states_user_can_moderate(self, user: Any, **_kwargs: Any) -> models.QuerySet:
        running = ReviewState.objects.running().filter(task=self)
        mine = running if user.is_superuser else running.decided_by(user)
        return TaskState.objects.filter(pk__in=mine.values("pk"))

    def deactivate(self, user: Any = None) -> None:
        """Refused: without a step, pages would go live with fewer approvals, or none."""
        raise DecisionRefused(gettext("A step of the review cannot be switched off; change the rules of approval."))
