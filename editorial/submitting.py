"""Sending a page for approval: to whom, how urgent, with what note; from every door the same record is kept."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page, TaskState, WorkflowState
from wagtail_localize.models import Translation

from core.publishing import refuse_incomplete
from editorial import deciders
from editorial.contributors import contributors
from editorial.deadlines import deadline
from editorial.models import ReviewState
from editorial.models.limits import Urgency
from editorial.models.submissions import Submission


@dataclass(frozen=True, slots=True)
class Sending:
    """What whoever sends a page says about it. Without a reviewer, any member of the group is asked."""

    reviewer: Any = None
    urgency: str = Urgency.NORMAL
    note: str = ""


#: what was said about the page that is being sent; None where a door of Wagtail's own sends it
_said: ContextVar[Sending | None] = ContextVar("said", default=None)


@contextmanager
def _saying(sending: Sending) -> Iterator[None]:
    token = _said.set(sending)
    try:
        yield
    finally:
        _said.reset(token)


def reviewers_of(page: Page) -> models.QuerySet:
    """Users who can be named as reviewer: they decide at the first step and have not written the page."""
    unit = deciders.unit_of(page)
    members = deciders.board() if unit is None else deciders.heads(unit)
    return members.exclude(pk__in=contributors(page)).order_by("last_name", "first_name", "username")


def may_send(page: Page, user: Any) -> bool:
    """True where the user writes this page, and it neither is under review nor locked."""
    rights = page.permissions_for_user(user)
    return rights.can_edit() and rights.can_submit_for_moderation()


def translation_of(page: Page) -> Translation | None:
    """The translation that makes this page from another one; None where it is written by itself."""
    found = Translation.objects.filter(source__object_id=page.translation_key, target_locale_id=page.locale_id)
    return found.filter(enabled=True).first()


@transaction.atomic
def send_for_approval(*, page: Page, user: Any, sending: Sending) -> Submission:
    """Start the review of a page, or take it up again where it was sent back.

    A translation is first made anew from its strings. PermissionDenied where the user may not send the page; a
    ValidationError (PublishRefused for what is missing) where readers could not be shown it or the reviewer is not one.
    """
    if not may_send(page, user):
        raise PermissionDenied
    if (translation := translation_of(page)) is not None:
        translation.save_target(user=user, publish=False)
    page = Page.objects.get(pk=page.pk).specific
    refuse_unready(page.get_latest_revision_as_object())
    if page.latest_revision_id is None:
        page.save_revision(changed=False)  # made by code; a review is of a revision
    if sending.reviewer is not None and not reviewers_of(page).filter(pk=sending.reviewer.pk).exists():
        raise ValidationError({"reviewer": _("This person does not review the page.")})
    returned = page.current_workflow_state
    with _saying(sending):
        if returned is not None and returned.status == WorkflowState.STATUS_NEEDS_CHANGES:
            returned.resume(user)
        else:
            page.get_workflow().start(page, user)
    state = WorkflowState.objects.for_instance(page).latest("pk")
    return Submission.objects.get(workflow_state=state)


def refuse_unready(page: Page) -> None:
    """Raise PublishRefused, or another ValidationError, where readers could not be shown the page as it is."""
    refuse_incomplete(page)
    page.full_clean()


def lacking(page: Page) -> list[str]:
    """What keeps a page from its readers as it is, in words; nothing where it could be shown."""
    try:
        refuse_unready(page)
    except ValidationError as refusal:
        return refusal.messages
    return []


def keep_submission(sender: type, instance: ReviewState, user: Any = None, **_kwargs: Any) -> None:
    """Keep what was said when a review begins or is taken up again; a step that follows another changes nothing."""
    state = instance.workflow_state
    before = Submission.objects.filter(workflow_state=state).first()
    if before is not None and not _is_taken_up_again(instance):
        return
    said = _said.get()
    if said is None:
        said = Sending(before.reviewer, before.urgency) if before else Sending()
    now = timezone.now()
    due_on = deadline(instance.revision.as_object(), said.urgency, now).due_on
    values = {"reviewer": said.reviewer, "urgency": said.urgency, "note": said.note, "due_on": due_on}
    values |= {"submitted_by": user, "submitted_at": now}
    Submission.objects.update_or_create(workflow_state=state, defaults=values)


def _is_taken_up_again(state: ReviewState) -> bool:
    earlier = TaskState.objects.filter(workflow_state=state.workflow_state_id, pk__lt=state.pk).order_by("-pk").first()
    return earlier is not None and earlier.status == TaskState.STATUS_REJECTED
