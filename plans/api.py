"""Plans in the read API: the list, and how a plan stands on a day."""

import datetime
from typing import Any, Literal

from django import forms
from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy
from ninja import Router
from pydantic import Field

from core.filters import DayField
from core.page_cache import today
from core.read_api.paging import part_of
from core.read_api.parameters import check_names, described, locale_id, read_filters
from core.read_api.schemas import Answer, Listed, Term, named, part
from departments.models import Department
from plans.dashboard.indicators import counted
from plans.models import Comparison, Measure, Plan, PlanIndexPage, Scope
from plans.outcomes import Outcome, OutcomeState, day_of_figures, outcomes, plan_of_year, public_plans
from services.api_rates import Share

router = Router(tags=["plans"])


class PlanShort(Answer):
    """A plan of the authority as lists have it; there is one a year."""

    year: int
    number: str = Field(description="Number and symbol of the document, such as 45/KH-UBND.")
    date: datetime.date = Field(description="Day of issue.")
    title: str
    issuer: Term
    url: str | None = Field(description="Absolute address of the dashboard with this plan.")


class UnitRate(Answer):
    unit: Term
    rate: Share


class TrendPoint(Answer):
    date: datetime.date
    rate: Share


class PlanOutcome(Answer):
    """A target of the plan and how it stands."""

    position: int = Field(description="Place in the plan, from 1.")
    group: str
    name: str
    measure: Literal[tuple(Measure.values)]
    scope: Literal[tuple(Scope.values)]
    comparison: Literal[tuple(Comparison.values)] = Field(description="`equal` is reached by the value and by more.")
    target: float = Field(description="In per cent.")
    counted: str = Field(description="What numerator and denominator count.")
    responsible: Term | None
    state: Literal[tuple(state.value for state in OutcomeState)] = Field(
        description="`not_reported`: units are yet to report, so nothing is decided."
    )
    rate: Share | None = Field(description="`null`: nothing is known.")
    gap: float | None = Field(description="Result less target in percentage points; negative: it falls short.")
    trend: list[TrendPoint] = Field(description="Ends of the periods before the day, and the day.")
    units_behind: list[UnitRate] = Field(description="Units below the target by themselves, the lowest first.")
    missing: list[Term] = Field(description="Units that are yet to report.")
    is_sample: bool = Field(description="Some of the figures are samples, not facts.")


class PlanDetail(PlanShort):
    """A plan with all its targets, as of a day."""

    day: datetime.date = Field(description="The day of the figures: no later than the last of the plan's year.")
    outcomes: list[PlanOutcome] = Field(description="In the plan's order.")


class DayFilter(forms.Form):
    date = DayField(label=gettext_lazy("Figures of the day"))


def make_filter(data: Any, locale: int) -> DayFilter:
    return DayFilter(data)


@router.get(
    "",
    response=Listed[PlanShort],
    summary="List plans",
    operation_id="list_plans",
    openapi_extra=described({}),
)
def list_plans(request: HttpRequest) -> Any:
    """Plans by year."""
    check_names(request, {})
    found = part_of(public_plans(), request, "plans", lambda plan: (plan.year,))
    return part(found, [PlanShort(**short_form(plan, request)) for plan in found.items])


@router.get(
    "/{int:year}",
    response=PlanDetail,
    summary="One plan, as of a day",
    operation_id="get_plan",
    openapi_extra=described(DayFilter.base_fields, paged=False),
)
def get_plan(request: HttpRequest, year: int) -> Any:
    """By its year; `date` asks for the figures of an earlier day."""
    filters = read_filters(request, make_filter, paged=False)
    plan = plan_of_year(year)
    if plan is None:
        raise Http404("no such plan")
    day = day_of_figures(plan, filters.cleaned_data["date"] or today())
    found = [_outcome(number, outcome) for number, outcome in enumerate(outcomes(plan, day), start=1)]
    return PlanDetail(**short_form(plan, request), day=day, outcomes=found)


def short_form(plan: Plan, request: HttpRequest) -> dict[str, Any]:
    page = PlanIndexPage.objects.live().public().filter(locale_id=locale_id(request)).first()
    return {
        "year": plan.year,
        "number": plan.number,
        "date": plan.date,
        "title": plan.local_title,
        "issuer": named(plan.issuer),
        "url": request.build_absolute_uri(f"{page.get_url(request)}?year={plan.year}") if page else None,
    }


def _outcome(position: int, outcome: Outcome) -> PlanOutcome:
    target = outcome.target
    return PlanOutcome(
        position=position,
        group=target.local("group"),
        name=target.local("name"),
        measure=target.measure,
        scope=target.scope,
        comparison=target.comparison,
        target=float(target.value),
        counted=counted(target),
        responsible=named(target.responsible),
        state=outcome.state.value,
        rate=outcome.rate,
        gap=outcome.gap,
        trend=[TrendPoint(date=day, rate=rate) for day, rate in outcome.trend],
        units_behind=[UnitRate(unit=_unit(unit), rate=rate) for unit, rate in outcome.units_behind],
        missing=[_unit(unit) for unit in outcome.missing],
        is_sample=outcome.is_sample,
    )


def _unit(unit: Department) -> Term:
    return Term(slug=unit.slug, name=unit.local_name)
