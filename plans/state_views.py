"""How the plan stands, for the staff: one click from the menu."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from core.page_cache import today
from core.templatetags.portal import vn_date
from plans.outcome_rows import OutcomeRow, outcome_row
from plans.outcomes import day_of_figures, outcomes
from plans.state_forms import StateForm


def show_state(request: HttpRequest) -> HttpResponse:
    """The outcomes of a plan on a day; 400 with the field named where year or day cannot be read."""
    form = StateForm(request.GET)
    if not form.is_valid():
        return _answer(request, form, {}, status=400)
    plan = form.plan()
    if plan is None:
        return _answer(request, form, {}, status=200)
    day = day_of_figures(plan, form.cleaned_data["date"] or today())
    rows = [outcome_row(outcome) for outcome in outcomes(plan, day)]
    return _answer(request, form, {"plan": plan, "groups": _grouped(rows), "day": vn_date(day)}, status=200)


def _grouped(rows: list[OutcomeRow]) -> list[tuple[str, list[OutcomeRow]]]:
    """Rows under their headings, in the plan's order."""
    groups: list[tuple[str, list[OutcomeRow]]] = []
    for row in rows:
        if not groups or groups[-1][0] != row.group:
            groups.append((row.group, []))
        groups[-1][1].append(row)
    return groups


def _answer(request: HttpRequest, form: StateForm, found: dict[str, Any], status: int) -> HttpResponse:
    context = {"page_title": _("How the plan stands"), "form": form, **found}
    return TemplateResponse(request, "plans/admin/state.html", context, status=status)
