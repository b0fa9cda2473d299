"""What the menu at the head of a page offers beside Wagtail's own."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from core.templatetags.portal import vn_date
from editorial.upkeep import due_on, may_confirm
from editorial.withdrawing import is_frame, may_withdraw


def page_buttons(page: Page, user: Any, view_name: str = "", next_url: str | None = None) -> Iterator[Button]:
    """To confirm and to withdraw what is live, and to cancel the day of what is approved, for those who may."""
    if page.depth <= 1 or is_frame(page):
        return
    yield from _confirming(page, user)
    if not may_withdraw(user, page):
        return
    if page.live:
        url = reverse("editorial:withdraw", args=[page.pk])
        yield Button(_("Withdraw…"), url=url, icon_name="download", priority=60)
    if page.scheduled_revision is not None:
        url = reverse("editorial:unschedule", args=[page.pk])
        yield Button(_("Cancel the day of publication…"), url=url, icon_name="calendar", priority=61)


def _confirming(page: Page, user: Any) -> Iterator[Button]:
    last_day = due_on(page)
    if last_day is None or not may_confirm(user, page):
        return
    url, back = reverse("editorial:confirm", args=[page.pk]), reverse("wagtailadmin_pages:edit", args=[page.pk])
    attrs = {
        "data-controller": "w-action",
        "data-action": "w-action#post",
        "data-w-action-url-value": f"{url}?{urlencode({'next': back})}",
    }
    label = _("Confirm that it still holds (by %(day)s)") % {"day": vn_date(last_day)}
    yield Button(label, icon_name="check", attrs=attrs, priority=59)
