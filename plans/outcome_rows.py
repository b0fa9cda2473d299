"""Outcomes in words, as the admin lists them."""

from dataclasses import dataclass

from core.templatetags.portal import rate, vn_date, vn_number
from editorial.desk.badges import Badge
from plans.outcomes import Outcome, OutcomeState
from plans.wording import STATES, counted_words, gap_words, target_words

#: tone and icon of a state
LOOKS = {
    OutcomeState.MET: ("ok", "check"),
    OutcomeState.NOT_MET: ("warn", "warning"),
    OutcomeState.NONE_AROSE: ("grey", "minus-inverse"),
    OutcomeState.NOT_REPORTED: ("info", "time"),
}


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """A target, what was reached, and which units are behind; `explained` has date, formula and source."""

    group: str
    name: str
    responsible: str
    percent: str
    figures: str
    explained: str
    target: str
    gap: str
    badge: Badge
    behind: list[str]
    missing: list[str]


def outcome_row(outcome: Outcome) -> OutcomeRow:
    target, found = outcome.target, outcome.rate
    tone, icon = LOOKS[outcome.state]
    return OutcomeRow(
        group=target.local("group"),
        name=target.local("name"),
        responsible=target.responsible.label if target.responsible else "",
        percent=rate(found.value) if found and found.value is not None else "–",
        figures=figures(outcome),
        explained=" · ".join([vn_date(found.date), found.formula, found.source, *found.units]) if found else "",
        target=target_words(target),
        gap=gap_words(outcome),
        badge=Badge(tone, icon, str(STATES[outcome.state])),
        behind=[f"{unit.label} {rate(own.value)}" for unit, own in outcome.units_behind],
        missing=[unit.label for unit in outcome.missing],
    )


def figures(outcome: Outcome) -> str:
    """ "199/342 thủ tục"; empty where nothing is known."""
    if outcome.rate is None:
        return ""
    numbers = f"{vn_number(outcome.rate.numerator)}/{vn_number(outcome.rate.denominator)}"
    return f"{numbers} {counted_words(outcome.target)}"
