"""The reports of the editorial work in the admin: on screen with filters, and as files."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from core.exports import csv_response, xlsx_response
from editorial.reports.filters import FORMATS, ReportFilter
from editorial.reports.offered import REPORTS
from editorial.reports.scope import Scope
from editorial.reports.table import Report, cell
from editorial.reports.waiting import WaitingReport

RESPONSES = {"csv": csv_response, "xlsx": xlsx_response}
#: rows of a page on screen
PAGE_SIZE = 50


def show_report(request: HttpRequest, name: str = WaitingReport.name) -> HttpResponse:
    """A page of a report, or the whole as a file; 400 with the field named where a filter cannot be read."""
    if name not in REPORTS:
        raise Http404("no such report")
    scope = _scope(request, REPORTS[name])
    if scope is None:
        raise PermissionDenied
    filters = REPORTS[name].filter_class(request.GET, scope=scope)
    if not filters.is_valid():
        return _page(request, name, filters, {}, status=400)
    report = REPORTS[name](filters)
    if wanted := filters.cleaned_data["format"]:
        return RESPONSES[wanted](report.table())
    return _page(request, name, filters, _listed(report, filters), status=200)


def _scope(request: HttpRequest, report: type[Report]) -> Scope | None:
    """What a report is about for the user, looked up once a request: the menu asks as well."""
    if not hasattr(request, "report_scopes"):
        request.report_scopes = {}
    scopes = request.report_scopes
    if report.scope_of not in scopes:
        scopes[report.scope_of] = report.scope_of(request.user)
    return scopes[report.scope_of]


def _listed(report: Report, filters: ReportFilter) -> dict[str, Any]:
    """The rows of the page that is asked for; 404 past the end."""
    total, number = report.count(), filters.cleaned_data["page"]
    pages = max(1, -(-total // PAGE_SIZE))
    if number > pages:
        raise Http404("page past the end")
    start = (number - 1) * PAGE_SIZE
    return {
        "columns": report.columns(),
        "rows": [[cell(value) for value in row] for row in report.rows(start, start + PAGE_SIZE)],
        "total": total,
        "first": start + 1,
        "last": min(start + PAGE_SIZE, total),
        "previous_url": filters.query(page=number - 1) if number > 1 else "",
        "next_url": filters.query(page=number + 1) if number < pages else "",
        "downloads": [{"label": name.upper(), "url": filters.query(format=name)} for name in FORMATS],
    }


def _page(
    request: HttpRequest, name: str, filters: ReportFilter, listed: dict[str, Any], *, status: int
) -> HttpResponse:
    report = REPORTS[name]
    context = {
        "page_title": report.title,
        "note": report.note,
        "form": filters,
        "errors": [
            {"label": filters.fields[field].label, "messages": messages} for field, messages in filters.errors.items()
        ],
        "reports": [
            {"title": other.title, "url": reverse("editorial:report", args=[key]), "is_current": key == name}
            for key, other in REPORTS.items()
            if not other.is_part and _scope(request, other) is not None
        ],
        "clear_url": reverse("editorial:report", args=[name]),
    }
    return TemplateResponse(request, "editorial/reports/report.html", context | listed, status=status)


class ReportsMenuItem(MenuItem):
    """The reports in the menu of those who read them."""

    def is_shown(self, request: HttpRequest) -> bool:
        return _scope(request, WaitingReport) is not None


def reports_menu_item() -> MenuItem:
    url = reverse("editorial:reports")
    return ReportsMenuItem(_("Editorial work"), url, name="editorial-reports", icon_name="clipboard-list", order=1000)
