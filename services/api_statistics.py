"""Dossier statistics in the read API: sums and rates of a period, by unit, field and month."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Router
from pydantic import Field

from core.read_api.parameters import described, read_filters
from core.read_api.schemas import Answer, Term
from services.api_rates import DossierShare
from services.dossiers import figures
from services.dossiers.filters import StatisticsFilter
from services.dossiers.measures import MEASURES, Sums
from services.dossiers.period import Period
from services.models.dossiers import COUNTS

router = Router(tags=["statistics"])


class Counts(Answer):
    """Dossiers received by channel, and dossiers finished, whenever these were received."""

    received_online: int
    received_in_person: int
    received_by_post: int
    finished_early: int
    finished_on_time: int
    finished_late: int


class Figures(Answer):
    """Sums, and the rates that follow from them."""

    counts: Counts
    online_a: DossierShare = Field(description="Variant A: online ÷ (online + in person) of services at level 3 or 4.")
    online_b: DossierShare = Field(description="Variant B: online ÷ all dossiers received.")
    on_time: DossierShare = Field(description="(early + on time) ÷ all dossiers finished.")


class UnitFigures(Figures):
    unit: Term
    months: int = Field(description="Months of the period for which the unit has reported.")


class FieldFigures(Figures):
    field: Term


class MonthFigures(Figures):
    month: str = Field(description="As 2019-03.", pattern=r"^\d{4}-\d{2}$")


class Statistics(Answer):
    """Dossiers of a period. Units that carry out procedures are named even where they have not reported."""

    month_from: str = Field(pattern=r"^\d{4}-\d{2}$")
    month_to: str = Field(pattern=r"^\d{4}-\d{2}$")
    total: Figures
    units: list[UnitFigures] = Field(description="By name.")
    fields: list[FieldFigures] = Field(description="Fields that have figures, by name.")
    months: list[MonthFigures] = Field(description="Every month of the period.")


def make_filters(data: Any, locale: int) -> StatisticsFilter:
    return StatisticsFilter(data)


@router.get(
    "",
    response=Statistics,
    summary="Dossier statistics",
    operation_id="get_statistics",
    openapi_extra=described(StatisticsFilter.base_fields, paged=False),
)
def get_statistics(request: HttpRequest) -> Any:
    """Without months: the year of the latest month that was reported, up to that month."""
    filters = read_filters(request, make_filters, paged=False)
    period, asked = filters.period, filters.asked
    return Statistics(
        month_from=_written(period.first),
        month_to=_written(period.last),
        total=Figures(**_figures(figures.sums(period, **asked), period)),
        units=[
            UnitFigures(unit=Term(slug=slug, name=name), months=months, **_figures(sums, period))
            for slug, name, sums, months in figures.sums_by_unit(period, **asked)
        ],
        fields=[
            FieldFigures(field=Term(slug=slug, name=name), **_figures(sums, period))
            for slug, name, sums, _months in figures.sums_by_field(period, **asked)
        ],
        months=[
            MonthFigures(month=_written(month), **_figures(sums, Period(month, month)))
            for month, sums in figures.sums_by_month(period, **asked)
        ],
    )


def _figures(sums: Sums, period: Period) -> dict[str, Any]:
    counts = Counts(**{name: sums.numbers[name] for name in COUNTS})
    return {"counts": counts} | {name: sums.rate(measure, period) for name, measure in MEASURES.items()}


def _written(month: date) -> str:
    return f"{month:%Y-%m}"
