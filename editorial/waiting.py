"""What waits for the decision of a user."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from wagtail.models import Page

from editorial.contributors import contributors_of
from editorial.models import ReviewState
from editorial.models.submissions import Submission


@dataclass(frozen=True, slots=True)
class Waiting:
    """Steps that a user is asked to decide, and those that others decide because the user wrote the page.

    What is due first comes first; on the same day, what names no other reviewer.
    """

    to_decide: list[ReviewState]
    handed_on: list[ReviewState]

    def overdue(self, today: date) -> list[ReviewState]:
        return [state for state in self.to_decide if (said := submission_of(state)) and said.due_on < today]


def waiting_for(user: Any) -> Waiting:
    """What waits for a user by their groups, in the same number of queries however much it is.

    Where several must approve, a step that the user has approved waits for the others only.
    """
    asked = ReviewState.objects.running().decided_by(user).exclude(votes__user=user)
    said = [f"workflow_state__submission__{name}" for name in ("submitted_by", "reviewer")]
    states = list(asked.select_related("workflow_state", *said))
    pages = Page.objects.in_bulk([page_id(state) for state in states])
    states = [state for state in sorted(states, key=lambda state: _order(state, user)) if page_id(state) in pages]
    written = {pk for pk, writers in contributors_of(pages.values(), user).items() if writers}
    return Waiting(
        to_decide=[state for state in states if page_id(state) not in written],
        handed_on=[state for state in states if page_id(state) in written],
    )


def waiting_in(request: Any) -> Waiting:
    """What waits for the user of a request; asked once, for the menu and for the page."""
    if not hasattr(request, "portal_waiting"):
        request.portal_waiting = waiting_for(request.user)
    return request.portal_waiting


def page_id(state: ReviewState) -> int:
    return int(state.workflow_state.object_id)


def submission_of(state: ReviewState) -> Submission | None:
    """What was said when the page was sent; None for a review that began before that was kept."""
    return getattr(state.workflow_state, "submission", None)


def _order(state: ReviewState, user: Any) -> tuple:
    said = submission_of(state)
    named = said.reviewer_id if said else None
    return (said.due_on if said else date.max, named not in (None, user.pk), state.started_at, state.pk)
