"""Words about targets and how they stand, the same on every page, in files and in the admin."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.templatetags.portal import vn_number
from plans.models import Measure, Target
from plans.outcomes import Outcome, OutcomeState

STATES = {
    OutcomeState.MET: gettext_lazy("Target met"),
    OutcomeState.NOT_MET: gettext_lazy("Target not met"),
    OutcomeState.NONE_AROSE: gettext_lazy("None arose"),
    OutcomeState.NOT_REPORTED: gettext_lazy("Reports missing"),
}


def target_words(target: Target) -> str:
    """ "≥ 55%", "> 90%", "100%"."""
    value = f"{vn_number(target.value)}%"
    return f"{target.sign} {value}" if target.sign else value


def counted_words(target: Target) -> str:
    """What the numbers of the rate count: "thủ tục", "hồ sơ", "đơn vị" or the target's own word."""
    if target.counted:
        return target.local("counted")
    if target.measure == Measure.LEVELS:
        return _("procedures")
    return _("units") if target.is_answer else _("dossiers")


def gap_words(outcome: Outcome) -> str:
    """How far the result is from the target: "Thiếu 4,4 điểm %", "Vượt 3,2 điểm %"; empty where it is not known."""
    if outcome.gap is None:
        return ""
    points = vn_number(round(abs(outcome.gap), 1))
    words = _("%(points)s points short") if outcome.gap < 0 else _("%(points)s points over")
    return words % {"points": points}
