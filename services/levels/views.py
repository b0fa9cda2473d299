"""Pages of the admin on levels."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages

from services.levels.forms import AnnulForm
from services.levels.policy import may_annul
from services.levels.recording import annul
from services.models import MaturityRecord

RECORDS = "wagtailsnippets_services_maturityrecord"


def annul_record(request: HttpRequest, record_id: int) -> HttpResponse:
    """Ask why a record is annulled, then annul it."""
    record = get_object_or_404(MaturityRecord.objects.select_related("procedure", "unit"), pk=record_id)
    if not may_annul(request.user, record):
        raise PermissionDenied
    form = AnnulForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            annul(record=record, user=request.user, **form.cleaned_data)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _("“%(record)s” is annulled and counts no more.") % {"record": record})
            return redirect(f"{RECORDS}:list")
    context = {
        "page_title": _("Annul a record of a level"),
        "page_subtitle": str(record),
        "header_icon": "cross",
        "intro": _("The record stays in the history, marked as annulled, and counts nowhere any more."),
        "form": form,
        "submit_label": _("Annul the record"),
        "cancel_url": reverse(f"{RECORDS}:inspect", args=[record.pk]),
    }
    return TemplateResponse(request, "editorial/admin_form.html", context)
