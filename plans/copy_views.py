"""Copying a plan in the admin."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages

from plans.copy_forms import CopyForm
from plans.copying import copy_plan
from plans.models import Plan


def copy(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Ask for year, number and day; the copy opens in the editor."""
    if not request.user.has_perm("plans.add_plan"):
        raise PermissionDenied
    plan = get_object_or_404(Plan, pk=plan_id)
    form = CopyForm(request.POST or None, plan=plan)
    if request.method == "POST" and form.is_valid():
        try:
            made = copy_plan(plan, user=request.user, **form.cleaned_data)
        except ValidationError as refused:
            form.add_error(None, [message for messages in refused.message_dict.values() for message in messages])
        else:
            messages.success(request, _("The plan is copied. Edit its targets, then show it to readers."))
            return redirect("wagtailsnippets_plans_plan:edit", made.pk)
    context = {
        "page_title": _("Copy the plan"),
        "page_subtitle": str(plan),
        "header_icon": "copy",
        "intro": _("The targets are copied, reports are not. Readers do not see the copy until you say so."),
        "form": form,
        "submit_label": _("Copy the plan"),
        "cancel_url": reverse("wagtailsnippets_plans_plan:list"),
    }
    return TemplateResponse(request, "editorial/admin_form.html", context)
