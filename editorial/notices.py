"""Who is told what about a review. What is told is written down in the transaction in which it happens."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.db import models, transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import WorkflowState
from wagtail.signals import task_rejected, task_submitted, workflow_approved, workflow_rejected, workflow_submitted
from wagtail.users.models import UserProfile

from editorial import deciders
from editorial.models import ReviewState, Step
from editorial.models.notices import Notice, NoticeKind
from editorial.models.submissions import Submission
from editorial.submitting import keep_submission

#: kinds that a user can switch off in Wagtail's account settings, by the setting
_SETTINGS = {
    NoticeKind.ASKED: "submitted_notifications",
    NoticeKind.PASSED_ON: "approved_notifications",
    NoticeKind.PUBLISHED: "approved_notifications",
    NoticeKind.RETURNED: "rejected_notifications",
}


def tell(kind: NoticeKind, state: ReviewState, users: Iterable[Any]) -> None:
    """Write down an e-mail to each user whom it can reach and who wants it; those who have had it get no other."""
    now = timezone.now()
    wanted = [user for user in users if user.is_active and user.email and _wants(user, kind)]
    rows = [Notice(kind=kind, state=state, recipient=user, created_at=now, next_attempt_at=now) for user in wanted]
    Notice.objects.bulk_create(rows, ignore_conflicts=True)


def _wants(user: Any, kind: NoticeKind) -> bool:
    setting = _SETTINGS.get(kind)
    return setting is None or getattr(UserProfile.get_for_user(user), setting)


def addressees(state: ReviewState) -> models.QuerySet:
    """The reviewer who was named if that person can still decide, otherwise everybody who can."""
    voters, submission = state.voters(), Submission.objects.of(state)
    if submission is not None and submission.reviewer_id and _is_first_step(state):
        named = voters.filter(pk=submission.reviewer_id)
        return named if named.exists() else voters
    return voters


def _is_first_step(state: ReviewState) -> bool:
    """The reviewer was named for it: the unit's, or the board's for a page outside of sections."""
    return state.step == Step.UNIT or deciders.unit_of(state.page) is None


@transaction.atomic
def escalate(state: ReviewState) -> None:
    """Ask the group of the next step to decide: the portal board for the unit, the administrators for the board.

    Done once: nothing happens where it was done before.
    """
    if not ReviewState.objects.filter(pk=state.pk, escalated_at=None).update(escalated_at=timezone.now()):
        return
    state.refresh_from_db()
    log(instance=state.page, action="editorial.escalate", revision=state.revision)
    if state.step == Step.UNIT:
        tell(NoticeKind.ESCALATED, state, state.voters().filter(pk__in=deciders.board().values("pk")))
    else:
        tell(NoticeKind.ESCALATED, state, get_user_model().objects.filter(is_superuser=True))


# --- what happens in a review --------------------------------------------------------------------------------------


def tell_of_step(sender: type, instance: ReviewState, user: Any = None, **_kwargs: Any) -> None:
    """Those who decide are asked; whoever sent the page hears that the unit has approved."""
    submission = Submission.objects.of(instance)
    sent_by = submission.submitted_by if submission else None
    tell(NoticeKind.ASKED, instance, addressees(instance).exclude(pk=sent_by.pk if sent_by else None))
    if instance.step == Step.BOARD and _was_approved_before(instance):
        _tell_sender(NoticeKind.PASSED_ON, instance, user)


def tell_of_return(sender: type, instance: ReviewState, user: Any = None, **_kwargs: Any) -> None:
    _tell_sender(NoticeKind.RETURNED, instance, user)


def tell_of_publication(sender: type, instance: WorkflowState, user: Any = None, **_kwargs: Any) -> None:
    state = ReviewState.objects.filter(pk=instance.current_task_state_id).first()
    if state is not None:
        _tell_sender(NoticeKind.PUBLISHED, state, user)


def _tell_sender(kind: NoticeKind, state: ReviewState, decided_by: Any) -> None:
    submission = Submission.objects.of(state)
    if submission is not None and submission.submitted_by is not None and submission.submitted_by != decided_by:
        tell(kind, state, [submission.submitted_by])


def _was_approved_before(state: ReviewState) -> bool:
    earlier = ReviewState.objects.filter(workflow_state=state.workflow_state_id, step=Step.UNIT)
    return earlier.filter(status=ReviewState.STATUS_APPROVED, revision=state.revision_id).exists()


def _say_nothing(sender: type, **_kwargs: Any) -> None:
    """Stands where Wagtail would send its own mails."""


def listen() -> None:
    """Tell of reviews in place of Wagtail, whose mails are sent within the request and lost with the mail server.

    Its receivers are known by these names: whichever is connected first under a name is the only one.
    """
    task_submitted.connect(keep_submission, sender=ReviewState, dispatch_uid="editorial.keep_submission")
    task_submitted.connect(tell_of_step, sender=ReviewState, dispatch_uid="editorial.tell_of_step")
    task_rejected.connect(tell_of_return, sender=ReviewState, dispatch_uid="editorial.tell_of_return")
    own = (
        (workflow_submitted, "workflow_state_submitted_email_notification", _say_nothing),
        (workflow_rejected, "workflow_state_rejected_email_notification", _say_nothing),
        (workflow_approved, "workflow_state_approved_email_notification", tell_of_publication),
    )
    for signal, name, receiver in own:
        signal.disconnect(sender=WorkflowState, dispatch_uid=name)
        signal.connect(receiver, sender=WorkflowState, dispatch_uid=name)
