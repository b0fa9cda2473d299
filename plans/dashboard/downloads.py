"""The indicators of the dashboard as a table: the very outcomes that the page shows."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from core.exports import Table
from plans.dashboard.indicators import counted
from plans.models.plans import Plan
from plans.outcomes import Outcome, outcomes

COLUMNS = (
    "plan",
    "year",
    "group",
    "indicator",
    "numerator",
    "denominator",
    "counted",
    "percent",
    "comparison",
    "target",
    "gap",
    "state",
    "units",
    "date",
    "formula",
    "source",
    "responsible",
    "units_behind",
    "units_missing",
    "is_sample",
)


def table(plan: Plan, day: date) -> Table:
    """One row an indicator; `percent`, `target` and `gap` in per cent and percentage points."""
    return Table(f"ke-hoach-{plan.year}", COLUMNS, _rows(plan, outcomes(plan, day)))


def _rows(plan: Plan, found: Iterable[Outcome]) -> Iterable[list[Any]]:
    for outcome in found:
        target, rate = outcome.target, outcome.rate
        yield [
            plan.number,
            plan.year,
            target.local("group"),
            target.local("name"),
            rate.numerator if rate else None,
            rate.denominator if rate else None,
            counted(target),
            _rounded(rate.percent if rate else None),
            target.comparison,
            float(target.value),
            _rounded(outcome.gap),
            outcome.state.value,
            "; ".join(rate.units) if rate else None,
            rate.date if rate else None,
            rate.formula if rate else target.local("formula"),
            rate.source if rate else target.local("source"),
            target.responsible.local_name if target.responsible else None,
            "; ".join(unit.label for unit, _rate in outcome.units_behind),
            "; ".join(unit.label for unit in outcome.missing),
            outcome.is_sample,
        ]


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
