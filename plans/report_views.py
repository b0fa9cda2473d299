"""Reports of units in the admin: what is due, the form for one indicator, the decision of the head."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from core.page_cache import today
from core.templatetags.portal import vn_date
from departments.models import Department
from editorial.calendar import office_calendar
from plans import reporting
from plans.duties import duty_for
from plans.evidence import keep_file
from plans.models import Report, Target
from plans.report_forms import DecisionForm, ReportForm
from plans.report_rows import decisions_of, duties_of, duty_facts
from plans.rights import has_reports, may_report


def show_reports(request: HttpRequest) -> HttpResponse:
    """What the user's units report and how far they are; what waits for the user to confirm."""
    if not has_reports(request.user):
        raise PermissionDenied
    context = {"page_title": _("Reports on targets")}
    context |= {"duties": duties_of(request.user), "decisions": decisions_of(request.user)}
    return TemplateResponse(request, "plans/admin/reports.html", context)


def report_figures(request: HttpRequest, target_id: int, unit_id: int, number: int) -> HttpResponse:
    """The form for one indicator of a unit; `number` counts the plan's periods from 1."""
    target = get_object_or_404(Target.objects.select_related("plan"), pk=target_id)
    unit = get_object_or_404(Department, pk=unit_id)
    if not may_report(request.user, unit):
        raise PermissionDenied
    duty = duty_for(target, unit, number, today(), office_calendar())
    if duty is None:
        raise Http404("the unit does not report this")
    form = ReportForm(request.POST or None, request.FILES or None, duty=duty)
    if request.method == "POST" and form.is_valid():
        _report(request, form)
        text = _("The figures are recorded. They count once the head of the unit has confirmed them.")
        messages.success(request, text)
        return redirect("plans:reports")
    context = {"page_title": target.name, "page_subtitle": f"{unit.label}, {vn_date(duty.period_end)}"}
    return TemplateResponse(request, "plans/admin/report_form.html", context | duty_facts(duty) | {"form": form})


def _report(request: HttpRequest, form: ReportForm) -> Report:
    duty, values = form.duty, form.cleaned_data
    kept = duty.report
    file = keep_file(values["evidence"], unit=duty.unit, user=request.user) if values["evidence"] else None
    is_new = bool(file or values["url"] or kept is None)
    return reporting.report(
        target=duty.target,
        unit=duty.unit,
        period_end=duty.period_end,
        numerator=values["numerator"],
        denominator=values["denominator"],
        user=request.user,
        evidence=file if is_new else kept.evidence,
        url=values["url"] if is_new else kept.evidence_url,
        note=values["note"],
    )


@require_POST
def decide(request: HttpRequest, report_id: int) -> HttpResponse:
    """Confirm what a unit reported, or send it back."""
    report = get_object_or_404(Report.objects.select_related("target__plan", "unit"), pk=report_id)
    form = DecisionForm(request.POST)
    try:
        _decide(form, report, request.user)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        text = _("Confirmed: %(report)s.") if report.is_confirmed else _("Sent back: %(report)s.")
        messages.success(request, text % {"report": f"{report.unit.label}, {report.target.name}"})
    return redirect("plans:reports")


def _decide(form: DecisionForm, report: Report, user: Any) -> None:
    if not form.is_valid():
        raise ValidationError([message for errors in form.errors.values() for message in errors])
    if form.cleaned_data["decision"] == DecisionForm.CONFIRM:
        reporting.confirm(report=report, user=user)
    else:
        reporting.send_back(report=report, user=user, reason=form.cleaned_data["reason"])
