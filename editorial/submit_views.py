"""Sending a page for approval: a page of its own in the admin, reached from the editor."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page

from core.templatetags.portal import vn_date
from editorial.deadlines import deadlines
from editorial.submit_forms import SendForm
from editorial.submitting import lacking, may_send, reviewers_of, send_for_approval


def submit(request: HttpRequest, page_id: int) -> HttpResponse:
    """Ask who shall approve and how urgent it is, then send the page; an incomplete page is not sent."""
    page = get_object_or_404(Page, pk=page_id, depth__gt=1).specific
    if not may_send(page, request.user):
        raise PermissionDenied
    draft = page.get_latest_revision_as_object()
    offered = deadlines(draft, timezone.now())
    form = SendForm(request.POST or None, reviewers=reviewers_of(page), deadlines=offered)
    missing = lacking(draft)
    if request.method == "POST" and form.is_valid():
        try:
            submission = send_for_approval(page=page, user=request.user, sending=form.sending)
        except ValidationError as refusal:
            missing = refusal.messages
        else:
            said = _("“%(title)s” is sent for approval, to be published by %(day)s.")
            values = {"title": draft.get_admin_display_title(), "day": vn_date(submission.due_on)}
            messages.success(request, said % values)
            return redirect("wagtailadmin_explore", page.get_parent().pk)
    return TemplateResponse(request, "editorial/submit.html", _context(draft, form, missing, offered))


def _context(draft: Page, form: SendForm, missing: list[str], offered: dict) -> dict[str, Any]:
    return {
        "page_title": _("Send for approval"),
        "page_subtitle": draft.get_admin_display_title(),
        "header_icon": "resubmit",
        "form": form,
        "missing": missing,
        "basis": next(iter(offered.values())).limit.basis,
        "nobody": not form.fields["reviewer"].queryset.exists(),
        "edit_url": reverse("wagtailadmin_pages:edit", args=[draft.pk]),
    }
