"""The staff's look-up of levels in the admin, with the look-ups that are kept."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem

from core.exports import csv_response, json_response, xlsx_response
from core.listing import MalformedQuery
from services.levels.lookup_forms import SaveForm
from services.levels.lookup_page import FORMATS, malformed_context, page_context, table_of
from services.levels.lookups import LOOK_UP, delete_lookup, query_of, save_lookup, subscribe, unsubscribe
from services.models import LookupSubscription, SavedLookup

RESPONSES = {"csv": csv_response, "xlsx": xlsx_response, "json": json_response}


def look_up(request: HttpRequest) -> HttpResponse:
    """Services by level and other filters: a page, or the whole as a file; 400 where a filter cannot be read."""
    _ask_right(request)
    filters = query_of(request.GET.urlencode())
    if not filters.is_valid():
        return _page(request, malformed_context(filters), status=400)
    wanted = request.GET.get("format", "")
    if wanted in FORMATS:
        return RESPONSES[wanted](table_of(filters, request.build_absolute_uri))
    if wanted:
        return _page(request, malformed_context(filters, _("The format must be one of csv, xlsx, json.")), status=400)
    try:
        return _page(request, page_context(request, filters))
    except MalformedQuery as error:
        return _page(request, malformed_context(filters, str(error)), status=400)


@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keep the look-up at hand under a name."""
    _ask_right(request)
    form = SaveForm(request.POST)
    if form.is_valid():
        try:
            save_lookup(owner=request.user, **form.cleaned_data)
        except ValidationError as refused:
            form.add_error(None, refused.messages)
        else:
            messages.success(request, _("The look-up is saved."))
    for found in form.errors.values():
        for message in found:
            messages.error(request, message)
    query = form.cleaned_data.get("query", "")
    return redirect(f"{reverse('levels:lookup')}?{query}")


@require_POST
def delete(request: HttpRequest, lookup_id: int) -> HttpResponse:
    lookup = _lookup(request, lookup_id)
    if not delete_lookup(lookup=lookup, user=request.user):
        raise PermissionDenied
    messages.success(request, _("The look-up “%(name)s” is deleted.") % {"name": lookup.name})
    return redirect("levels:lookup")


@require_POST
def change_mail(request: HttpRequest, lookup_id: int) -> HttpResponse:
    """Ask for a look-up by e-mail (`wanted`), or cease to."""
    lookup = _lookup(request, lookup_id)
    if not request.POST.get("wanted"):
        unsubscribe(lookup=lookup, user=request.user)
        messages.success(request, _("You do not get “%(name)s” by e-mail any more.") % {"name": lookup.name})
        return redirect("levels:lookup")
    try:
        subscribe(lookup=lookup, user=request.user)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        messages.success(request, _("You get “%(name)s” by e-mail at the start of each month.") % {"name": lookup.name})
    return redirect("levels:lookup")


def _lookup(request: HttpRequest, lookup_id: int) -> SavedLookup:
    _ask_right(request)
    return get_object_or_404(SavedLookup.objects.for_user(request.user), pk=lookup_id)


def _ask_right(request: HttpRequest) -> None:
    if not request.user.has_perm(LOOK_UP):
        raise PermissionDenied


def _page(request: HttpRequest, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    mailed = Exists(LookupSubscription.objects.filter(user=request.user, lookup=OuterRef("pk")))
    saved = [
        {
            "lookup": lookup,
            "url": f"{reverse('levels:lookup')}?{lookup.query}",
            "is_own": lookup.owner_id == request.user.pk,
            "is_mailed": lookup.is_mailed,
        }
        for lookup in SavedLookup.objects.for_user(request.user).annotate(is_mailed=mailed).select_related("owner")
    ]
    context |= {
        "page_title": _("Look up levels"),
        "saved": saved,
        "save_form": SaveForm(initial={"query": context["query"]}),
        "may_record": request.user.has_perm("services.add_maturityrecord"),
    }
    return TemplateResponse(request, "services/admin/lookup.html", context, status=status)


class LookUpItem(MenuItem):
    """The look-up in the menu of those who may open it."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(LOOK_UP)


def menu_item() -> LookUpItem:
    url = reverse("levels:lookup")
    return LookUpItem(gettext_lazy("Look up levels"), url, name="look-up-levels", icon_name="search", order=125)
