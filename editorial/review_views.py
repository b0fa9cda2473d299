"""The page on which a draft is read and decided about."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.models import Page

from editorial.forms import DecisionForm
from editorial.reviewing import Review, decide, may_read, review_of

#: what is said after a decision
SAID = {
    "returned": gettext_lazy("“%(title)s” goes back to its author with your reason."),
    "counted": gettext_lazy("Your approval of “%(title)s” is counted; others are still asked."),
    "approved": gettext_lazy("“%(title)s” is approved and goes on to the portal board."),
    "published": gettext_lazy("“%(title)s” is published."),
    "scheduled": gettext_lazy("“%(title)s” is approved; it goes live on the day set for it."),
}


def review(request: HttpRequest, page_id: int) -> HttpResponse:
    """Show a page that waits for a decision with all that is known of it, and take the decision."""
    page = get_object_or_404(Page, pk=page_id, depth__gt=1).specific
    if not may_read(page, request.user):
        raise PermissionDenied
    found = review_of(page, request.user)
    if found is None:
        messages.info(request, _("This page does not wait for a decision (any more)."))
        return redirect("wagtailadmin_pages:edit", page.pk)
    form = DecisionForm(request.POST or None, review=found)
    if request.method == "POST" and form.is_valid() and _decided(request, found, form):
        return redirect("wagtailadmin_home")
    return TemplateResponse(request, "editorial/review.html", _context(found, form))


def _decided(request: HttpRequest, found: Review, form: DecisionForm) -> bool:
    try:
        outcome = decide(
            state=found.state,
            user=request.user,
            approves=form.approves,
            comment=form.cleaned_data["comment"],
        )
    except ValidationError as refusal:
        for message in refusal.messages:
            form.add_error(None, message)
        return False
    messages.success(request, SAID[outcome] % {"title": found.page.get_admin_display_title()})
    return True


def _context(found: Review, form: DecisionForm) -> dict[str, Any]:
    return {
        "page_title": found.page.get_admin_display_title(),
        "page_subtitle": found.kind,
        "header_icon": "glasses",
        "review": found,
        "form": form,
        "draft_url": reverse("wagtailadmin_pages:view_draft", args=[found.page.pk]),
        "edit_url": reverse("wagtailadmin_pages:edit", args=[found.page.pk]),
    }
