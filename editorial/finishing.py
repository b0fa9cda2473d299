"""The end of a review: what was approved goes live, and nothing else.

Wagtail reads the setting that names `publish_approved` while its own models load, so no model is imported here.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.tree import tree_held
from editorial.guard import decided


class NothingApproved(ValidationError):
    """A review ended without the approvals that it asks for, as when a step of it is switched off."""


def publish_approved(workflow_state: Any, user: Any = None) -> None:
    """Publish the latest revision if every step of the workflow has let this very revision pass.

    NothingApproved where a step has not: that undoes whatever ended the review.
    """
    with tree_held():
        revision = workflow_state.content_object.get_latest_revision()
        _require_approvals(workflow_state, revision)
        with decided():
            revision.publish(user=user, skip_permission_checks=True)


def _require_approvals(workflow_state: Any, revision: Any) -> None:
    passed = workflow_state.task_states.filter(revision=revision)
    steps = set(workflow_state.workflow.workflow_tasks.values_list("task_id", flat=True))
    approved = set(passed.filter(status="approved").values_list("task_id", flat=True))
    skipped = set(passed.filter(status="skipped").values_list("task_id", flat=True))
    if not steps or not approved or steps - approved - skipped:
        raise NothingApproved(_("The page was not published: not every step of its approval is done."))
