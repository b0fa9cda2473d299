"""Dossier statistics in the admin: the report, and handing in a file: shown first, then all or nothing."""

from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem

from core.exports import Table, csv_response, xlsx_response
from core.page_cache import today
from editorial.reports.table import cell
from services.dossiers import telling
from services.dossiers.comparing import Comparison, compare
from services.dossiers.forms import StatisticsFileForm, sealed_file, unsealed_file
from services.dossiers.header import COLUMNS
from services.dossiers.importing import import_statistics
from services.dossiers.period import first_of
from services.dossiers.report import StatisticsReport
from services.dossiers.rights import VIEW, allowed_units, may_import
from services.models.dossiers import StatisticsImport
from services.models.procedures import Procedure
from services.tables.problems import UnreadableFile

RESPONSES = {"csv": csv_response, "xlsx": xlsx_response}
#: imports that the page of files lists
LATEST = 20
#: columns of the template; the others may be added
TEMPLATE = [column for column in COLUMNS if column.name not in {"received", "carried_over", "finished"}]


# --- report --------------------------------------------------------------------------------------------------------


def show_report(request: HttpRequest) -> HttpResponse:
    """The report, or the whole as a file; 400 with the field named where a filter cannot be read."""
    if not request.user.has_perm(VIEW):
        raise PermissionDenied
    filters = StatisticsReport.filter_class(request.GET)
    context = {
        "page_title": StatisticsReport.title,
        "form": filters,
        "clear_url": reverse("statistics:report"),
        "errors": [
            {"label": filters.fields[field].label, "messages": messages} for field, messages in filters.errors.items()
        ],
    }
    if not filters.is_valid():
        return TemplateResponse(request, "services/admin/statistics.html", context, status=400)
    report = StatisticsReport(filters)
    if wanted := filters.cleaned_data["format"]:
        return RESPONSES[wanted](report.table())
    rows = [[cell(value) for value in row] for row in report.rows(0, report.count())]
    context |= {
        "note": report.explanation,
        "columns": report.columns(),
        "rows": rows,
        "total": len(rows),
        "first": 1,
        "last": len(rows),
        "downloads": [{"label": name.upper(), "url": filters.query(format=name)} for name in RESPONSES],
    }
    return TemplateResponse(request, "services/admin/statistics.html", context)


# --- handing in ----------------------------------------------------------------------------------------------------


def hand_in(request: HttpRequest) -> HttpResponse:
    """Upload, the difference with what is wrong in which row, then the figures."""
    if not may_import(request.user):
        raise PermissionDenied
    if (wanted := request.GET.get("template")) in RESPONSES:
        return RESPONSES[wanted](_template(request.user))
    form, found, file = StatisticsFileForm(), None, None
    if "preview" in request.POST:
        if answer := _stored(request):
            return answer
    elif request.method == "POST":
        form = StatisticsFileForm(request.POST, request.FILES)
        if form.is_valid():
            file = form.handed_in
            found = compare(file.rows, allowed=allowed_units(request.user))
    context = {
        "form": form,
        "preview": sealed_file(file) if file and found and found.writes else "",
        "imports": StatisticsImport.objects.all()[:LATEST],
        **_difference(found),
        "page_title": _("Hand in dossier statistics"),
        "templates": [{"label": name.upper(), "url": f"?template={name}"} for name in RESPONSES],
        "report_url": reverse("statistics:report"),
    }
    return TemplateResponse(request, "services/admin/hand_in_statistics.html", context)


def _stored(request: HttpRequest) -> HttpResponse | None:
    """The way on once the figures are stored; None where none were."""
    try:
        found = import_statistics(unsealed_file(request.POST["preview"]), user=request.user)
    except UnreadableFile as error:
        messages.error(request, str(error))
        return None
    if not found.writes:
        messages.error(request, _("Nothing was stored: figures or rights have changed since. Compare again."))
        return None
    number = len(found.writes)
    text = ngettext("%(number)d row of figures is stored.", "%(number)d rows of figures are stored.", number)
    messages.success(request, text % {"number": number})
    return redirect("statistics:hand_in")


def _difference(found: Comparison | None) -> dict[str, Any]:
    """What the template shows of a comparison."""
    if found is None:
        return {"compared": False}
    return {
        "compared": True,
        "refused": found.refused,
        "writes": len(found.writes),
        "counts": [{"number": number, "label": label} for number, label in telling.counts(found)],
        "changes": telling.changes(found),
        "problems": [{"place": telling.place_of(problem), "reason": problem.reason} for problem in found.problems],
        "untold": max(0, found.refused - len(found.problems)),
    }


def _template(user: Any) -> Table:
    """The headings, and for whoever hands in for single units a row for each of their procedures, last month."""
    units = allowed_units(user)
    month = f"{first_of(first_of(today()) - timedelta(days=1)):%m/%Y}"
    rows: list[list[str]] = []
    if units:
        own = Procedure.objects.filter(units__in=units).order_by("units__name", "code")
        named = own.values_list("units__name", "code", "field__name", "units__pk")
        rows = [[month, unit, code, field, *[""] * 6] for unit, code, field, pk in named if pk in units]
    return Table("mau-so-lieu-ho-so", [column.title for column in TEMPLATE], rows)


class StatisticsMenuItem(MenuItem):
    """The report in the menu of those who read it."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(VIEW)


def report_menu_item() -> MenuItem:
    url = reverse("statistics:report")
    return StatisticsMenuItem(
        gettext_lazy("Dossier statistics"), url, name="dossier-statistics", icon_name="table", order=1010
    )
