"""The indicators of a plan in its order: result, bar, target, state, units behind, and what explains the figure."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from plans.dashboard.figures import gap_words, shown, target_bar, target_words
from plans.models.targets import Measure, Target
from plans.outcomes import Outcome, OutcomeState

#: what the numbers of a rate count, where the portal measures it itself
COUNTED = {
    Measure.LEVELS: gettext_lazy("procedures"),
    Measure.ONLINE_DOSSIERS: gettext_lazy("dossiers"),
    Measure.ON_TIME: gettext_lazy("dossiers"),
    Measure.REPORTED_ANSWER: gettext_lazy("units"),
}
#: kind of the tag, words of the figure
STATES = {
    OutcomeState.MET: ("ok", gettext_lazy("targets met")),
    OutcomeState.NOT_MET: ("warn", gettext_lazy("targets not met")),
    OutcomeState.NONE_AROSE: ("grey", gettext_lazy("none arose")),
}


def summary(found: Sequence[Outcome]) -> list[dict[str, Any]]:
    """Three figures: how many targets are met, how many are not, for how many nothing arose."""
    return [
        {"kind": kind, "words": words, "count": sum(outcome.state == state for outcome in found)}
        for state, (kind, words) in STATES.items()
    ]


def not_reported(found: Sequence[Outcome]) -> str:
    """How many targets cannot be judged yet, in words; "" where all can."""
    number = sum(outcome.state == OutcomeState.NOT_REPORTED for outcome in found)
    words = ngettext(
        "%(n)s target cannot be judged yet: figures are missing.",
        "%(n)s targets cannot be judged yet: figures are missing.",
        number,
    )
    return words % {"n": number} if number else ""


def groups(found: Sequence[Outcome]) -> list[dict[str, Any]]:
    """Indicators under their headings."""
    return [
        {"heading": heading, "rows": [row(outcome) for outcome in outcomes]}
        for heading, outcomes in groupby(found, key=lambda outcome: outcome.target.local("group"))
    ]


def row(outcome: Outcome) -> dict[str, Any]:
    target = outcome.target
    return {
        "anchor": f"indicator-{target.pk}",
        "name": target.local("name"),
        "responsible": target.responsible.local_name if target.responsible else "",
        "behind": _behind_words(outcome),
        "rate": shown(outcome.rate, counted(target)) if outcome.rate else None,
        "bar": target_bar(outcome.rate, target),
        "target": target_words(target),
        "state": state(outcome),
        "trend": [shown(rate, counted(target)) | {"day": day} for day, rate in outcome.trend],
        "units_behind": [{"name": unit.label} | shown(rate) for unit, rate in outcome.units_behind],
        "missing": ", ".join(unit.label for unit in outcome.missing),
        "is_sample": outcome.is_sample,
    }


def counted(target: Target) -> str:
    return target.local("counted") or str(COUNTED.get(Measure(target.measure), ""))


def state(outcome: Outcome) -> dict[str, str]:
    """Kind and words of the tag."""
    if outcome.state == OutcomeState.MET:
        return {"kind": "ok", "text": _("Met")}
    if outcome.state == OutcomeState.NONE_AROSE:
        return {"kind": "grey", "text": _("None arose")}
    if outcome.state == OutcomeState.NOT_REPORTED:
        return {"kind": "info", "text": _("Not fully reported") if outcome.rate else _("Not reported")}
    return {"kind": "warn", "text": gap_words(outcome.gap or 0)}


def _behind_words(outcome: Outcome) -> str:
    number = len(outcome.units_behind)
    words = ngettext("%(n)s unit does not reach the target", "%(n)s units do not reach the target", number)
    return words % {"n": number} if number else ""
