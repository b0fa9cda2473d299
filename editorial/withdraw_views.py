"""Taking a page back, and holding back an approved one: each asks for a reason."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page

from core.templatetags.portal import vn_date
from editorial.withdraw_forms import UnscheduleForm, WithdrawForm
from editorial.withdrawing import may_withdraw, unschedule, withdraw


def withdraw_page(request: HttpRequest, page_id: int) -> HttpResponse:
    """Ask why a live page is withdrawn and what replaces it, then withdraw it."""
    page = _page(request, page_id)
    form = WithdrawForm(page, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            pages = withdraw(page=page, user=request.user, **form.cleaned_data)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            for each in pages:
                messages.success(request, _("“%(title)s” is withdrawn.") % {"title": each.get_admin_display_title()})
            return redirect("wagtailadmin_explore", page.get_parent().pk)
    intro = _("The page leaves the portal, its lists and its search at once. It stays here and can be published again.")
    return _answer(request, page, form, _("Withdraw a page"), intro)


def unschedule_page(request: HttpRequest, page_id: int) -> HttpResponse:
    """Ask why an approved page is held back, then cancel its day."""
    page = _page(request, page_id)
    form = UnscheduleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            unschedule(page=page, user=request.user, **form.cleaned_data)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            title = page.get_admin_display_title()
            messages.success(request, _("“%(title)s” is not scheduled any more.") % {"title": title})
            return redirect("wagtailadmin_pages:edit", page.pk)
    return _answer(request, page, form, _("Cancel the day of publication"), _schedule(page))


def _schedule(page: Page) -> str:
    revision = page.scheduled_revision
    return (
        _("The page would go online on %(day)s.") % {"day": vn_date(revision.approved_go_live_at)} if revision else ""
    )


def _page(request: HttpRequest, page_id: int) -> Page:
    page = get_object_or_404(Page, pk=page_id, depth__gt=1).specific
    if not may_withdraw(request.user, page):
        raise PermissionDenied
    return page


def _answer(request: HttpRequest, page: Page, form: WithdrawForm | UnscheduleForm, title: str, intro: str):
    context = {
        "page_title": title,
        "page_subtitle": page.get_admin_display_title(),
        "header_icon": "download",
        "intro": intro,
        "form": form,
        "submit_label": title,
        "cancel_url": reverse("wagtailadmin_pages:edit", args=[page.pk]),
    }
    return TemplateResponse(request, "editorial/admin_form.html", context)
