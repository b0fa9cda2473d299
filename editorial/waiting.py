"""What waits for the decision of a user."""

from dataclasses import dataclass
from typing import Any

from wagtail.models import Page

from editorial.contributors import contributors_of
from editorial.models import ReviewState


@dataclass(frozen=True, slots=True)
class Waiting:
    """Steps that a user is asked to decide, and those that others decide because the user wrote the page.

    The longest waiting come first.
    """

    to_decide: list[ReviewState]
    handed_on: list[ReviewState]


def waiting_for(user: Any) -> Waiting:
    """What waits for a user by their groups, in the same number of queries however much it is.

    Where several must approve, a step that the user has approved waits for the others only.
    """
    asked = ReviewState.objects.running().decided_by(user).exclude(votes__user=user)
    states = list(asked.select_related("workflow_state__requested_by").order_by("started_at", "pk"))
    pages = Page.objects.in_bulk([page_id(state) for state in states])
    written = {pk for pk, writers in contributors_of(pages.values(), user).items() if writers}
    states = [state for state in states if page_id(state) in pages]
    return Waiting(
        to_decide=[state for state in states if page_id(state) not in written],
        handed_on=[state for state in states if page_id(state) in written],
    )


def page_id(state: ReviewState) -> int:
    return int(state.workflow_state.object_id)
