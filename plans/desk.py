"""The plans' part of the admin's front page: what the user's unit has to report, what the user has to confirm."""

from typing import Any

from django.urls import reverse

from plans.report_rows import decisions_of, duties_of


def desk_content(user: Any) -> dict[str, Any] | None:
    """None where nothing is to be done."""
    duties = [row for row in duties_of(user) if row.is_open]
    decisions = len(decisions_of(user))
    if not duties and not decisions:
        return None
    number = len(duties) + decisions
    return {"duties": duties, "decisions": decisions, "number": number, "url": reverse("plans:reports")}
