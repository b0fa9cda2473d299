"""What readers of a withdrawn page are told."""

from typing import Any

from django.http import HttpRequest
from wagtail.models import Page

from editorial.models import Withdrawal


def replacement_of(withdrawal: Withdrawal) -> Page | None:
    """The page to read instead. One that was withdrawn itself leads on to its own successor."""
    met = set()
    while withdrawal is not None and withdrawal.successor_id and withdrawal.pk not in met:
        met.add(withdrawal.pk)
        found = Page.objects.live().public().filter(pk=withdrawal.successor_id).first()
        if found is not None:
            return found.specific
        withdrawal = Withdrawal.objects.in_force().filter(page=withdrawal.successor_id).first()
    return None


def withdrawal_notice(page: Page, request: HttpRequest) -> dict[str, Any] | None:
    """Day, reason and replacement of a withdrawn page; None where it ended otherwise, as by its last day.

    `moved_to` is the address of a replacement in the page's own language.
    """
    withdrawal = Withdrawal.objects.in_force().filter(page=page).first()
    if withdrawal is None:
        return None
    found = replacement_of(withdrawal)
    url = found.get_url(request) if found else None
    return {
        "date": withdrawal.withdrawn_at,
        "reason": withdrawal.reason,
        "replacement": {"title": found.title, "url": url} if url else None,
        "moved_to": url if url and found.locale_id == page.locale_id else None,
    }
