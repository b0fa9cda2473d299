"""Outcomes in words, as the admin lists them: the dashboard's words in a table."""

from collections.abc import Iterable
from dataclasses import dataclass

from core.templatetags.portal import rate, vn_date, vn_number
from editorial.desk.badges import Badge
from plans.dashboard.figures import target_words
from plans.dashboard.indicators import counted, state
from plans.outcomes import Outcome

#: icon of a state, by its tone
ICONS = {"ok": "check", "warn": "warning", "grey": "minus-inverse", "info": "time"}


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """A target, what was reached, and which units are behind; `explained` has date, formula, source and units."""

    group: str
    name: str
    responsible: str
    percent: str
    figures: str
    explained: str
    target: str
    badge: Badge
    behind: list[str]
    missing: list[str]


def outcome_row(outcome: Outcome) -> OutcomeRow:
    target, found, said = outcome.target, outcome.rate, state(outcome)
    return OutcomeRow(
        group=target.local("group"),
        name=target.local("name"),
        responsible=target.responsible.label if target.responsible else "",
        percent=rate(found.value) if found and found.value is not None else "–",
        figures=figures(outcome),
        explained=" · ".join([vn_date(found.date), found.formula, found.source, *found.units]) if found else "",
        target=target_words(target),
        badge=Badge(said["kind"], ICONS[said["kind"]], said["text"]),
        behind=[f"{unit.label} {rate(own.value)}" for unit, own in outcome.units_behind],
        missing=[unit.label for unit in outcome.missing],
    )


def figures(outcome: Outcome) -> str:
    """ "199/342 thủ tục"; empty where nothing is known."""
    if outcome.rate is None:
        return ""
    numbers = f"{vn_number(outcome.rate.numerator)}/{vn_number(outcome.rate.denominator)}"
    return f"{numbers} {counted(outcome.target)}"


def grouped(rows: Iterable[OutcomeRow]) -> list[tuple[str, list[OutcomeRow]]]:
    """Rows under their headings, in the plan's order."""
    groups: list[tuple[str, list[OutcomeRow]]] = []
    for row in rows:
        if not groups or groups[-1][0] != row.group:
            groups.append((row.group, []))
        groups[-1][1].append(row)
    return groups
