"""Decisions that have a page of their own in the admin."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page

from editorial.forms import PublishAloneForm
from editorial.publishing_alone import publish_alone


def publish_with_reason(request: HttpRequest, page_id: int) -> HttpResponse:
    """Ask a superuser why the page goes live without approval, then publish it."""
    if not request.user.is_superuser:
        raise PermissionDenied
    page = get_object_or_404(Page, pk=page_id, depth__gt=1).specific
    form = PublishAloneForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        publish_alone(page=page, user=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("“%(title)s” is published.") % {"title": page.get_admin_display_title()})
        return redirect("wagtailadmin_explore", page.get_parent().pk)
    context = {
        "page_title": _("Publish without approval"),
        "page_subtitle": page.get_admin_display_title(),
        "header_icon": "upload",
        "form": form,
        "submit_label": _("Publish"),
        "cancel_url": reverse("wagtailadmin_pages:edit", args=[page.pk]),
    }
    return TemplateResponse(request, "editorial/admin_form.html", context)
