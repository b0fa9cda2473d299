"""How the plan stands, for the staff: one click from the menu."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from core.templatetags.portal import vn_date
from plans.filters import PlanFilter
from plans.outcome_rows import grouped, outcome_row
from plans.outcomes import outcomes


def show_state(request: HttpRequest) -> HttpResponse:
    """The outcomes of a plan on a day; 400 with the field named where year or day cannot be read."""
    filters = PlanFilter(request.GET)
    if not filters.is_valid():
        return _answer(request, filters, {}, status=400)
    plan = filters.plan()
    if plan is None:
        return _answer(request, filters, {}, status=200)
    day = filters.day(plan)
    groups = grouped(outcome_row(outcome) for outcome in outcomes(plan, day))
    shown = PlanFilter({"year": plan.year, "date": vn_date(day)})
    return _answer(request, shown, {"plan": plan, "groups": groups, "day": vn_date(day)}, status=200)


def _answer(request: HttpRequest, filters: PlanFilter, found: dict[str, Any], status: int) -> HttpResponse:
    context = {"page_title": _("How the plan stands"), "form": filters, **found}
    return TemplateResponse(request, "plans/admin/state.html", context, status=status)
