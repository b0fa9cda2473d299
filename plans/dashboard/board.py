"""The whole dashboard of a plan on a day, remembered until something public changes."""

from datetime import date
from typing import Any

from core.page_cache import per_version
from departments.presentation import section_link
from plans.dashboard import dossiers, indicators, levels
from plans.models.plans import Plan
from plans.outcomes import outcomes, years

#: rows of a ranking that stand in the open; the others follow in a disclosure
SHOWN = 8


@per_version
def board(plan: Plan, day: date, locale_id: int) -> dict[str, Any]:
    """Sections of the page in their order; one without figures is None."""
    found = outcomes(plan, day)
    targets = [outcome.target for outcome in found]
    return {
        "plan": _described(plan),
        "day": day,
        "years": years(),
        "summary": indicators.summary(found),
        "not_reported": indicators.not_reported(found),
        "total": len(found),
        "groups": indicators.groups(found),
        "has_samples": any(outcome.is_sample for outcome in found),
        "by_year": levels.by_year(plan, targets, day),
        "units": _parted(dossiers.of_communes(targets, day, locale_id)),
        "by_field": _parted(levels.by_field(day, locale_id)),
        "on_time": dossiers.on_time(day),
        "unit": section_link(plan.issuer, locale_id, None),
    }


def _described(plan: Plan) -> dict[str, Any]:
    url = (plan.page.specific_deferred.get_url() or "") if plan.page and plan.page.live else ""
    if not url and plan.document:
        url = plan.document.url
    return {
        "number": plan.number,
        "date": plan.date,
        "year": plan.year,
        "title": plan.local_title,
        "issuer": plan.issuer.label,
        "url": url,
    }


def _parted(section: dict[str, Any] | None) -> dict[str, Any] | None:
    """A section with its first rows in `first` and the others in `more`."""
    return section and section | {"first": section["rows"][:SHOWN], "more": section["rows"][SHOWN:]}
