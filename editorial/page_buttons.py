"""What the menu at the head of a page offers beside Wagtail's own."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from editorial.withdrawing import is_frame, may_withdraw


def page_buttons(page: Page, user: Any) -> Iterator[Button]:
    """To withdraw what is live, and to cancel the day of what is approved, for those who may."""
    if page.depth <= 1 or is_frame(page) or not may_withdraw(user, page):
        return
    if page.live:
        url = reverse("editorial:withdraw", args=[page.pk])
        yield Button(_("Withdraw…"), url=url, icon_name="download", priority=60)
    if page.scheduled_revision is not None:
        url = reverse("editorial:unschedule", args=[page.pk])
        yield Button(_("Cancel the day of publication…"), url=url, icon_name="calendar", priority=61)
