"""The way from the editor to the form with which a page is sent for approval."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.action_menu import SubmitForModerationMenuItem
from wagtail.admin.utils import get_user_display_name
from wagtail.models import Page

from core.templatetags.portal import vn_date
from editorial.deadlines import days_left
from editorial.models.submissions import Submission
from editorial.submitting import may_send, translation_of

#: name of the button: what was typed is saved as a draft, then the form is opened
SEND = "action-send"


class SendMenuItem(SubmitForModerationMenuItem):
    """Shown where Wagtail would show its own button, which asks neither for a reviewer nor for the urgency."""

    name = SEND

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        return super().get_context_data(parent_context) | {"label": _("Send for approval…")}


def offer_sending(menu_items: list[Any]) -> None:
    """Put our button in the place of Wagtail's."""
    for place, item in enumerate(menu_items):
        if isinstance(item, SubmitForModerationMenuItem):
            menu_items[place] = SendMenuItem(order=item.order)


def open_form(request: HttpRequest, page: Page) -> HttpResponse | None:
    """After saving by the button, go on to the form."""
    return redirect("editorial:submit", page.pk) if SEND in request.POST else None


def tell_of_review(request: HttpRequest, page: Page) -> None:
    """Who opens a page under review reads what was said when it was sent; a translation gets the way to the form."""
    if request.method != "GET":
        return
    submission = Submission.objects.running().filter(workflow_state=page.current_workflow_state).first()
    if submission is not None:
        messages.info(request, _summary(submission))
    elif translation_of(page) is not None and may_send(page, request.user):
        text = gettext("When the translation is complete, it has to be approved before anybody can read it:")
        form = messages.button(reverse("editorial:submit", args=[page.pk]), _("Send for approval…"))
        messages.info(request, text, buttons=[form])


def _summary(submission: Submission) -> str:
    left = days_left(submission.due_on, timezone.localdate())
    text = gettext("Overdue since %(day)s") if left < 0 else gettext("To be published by %(day)s")
    parts = [text % {"day": vn_date(submission.due_on)}]
    parts.append(gettext("urgency: %(urgency)s") % {"urgency": submission.get_urgency_display()})
    if submission.submitted_by:
        parts.append(gettext("sent by %(name)s") % {"name": get_user_display_name(submission.submitted_by)})
    if submission.note:
        parts.append(gettext("note: %(note)s") % {"note": submission.note})
    return "; ".join(parts)
