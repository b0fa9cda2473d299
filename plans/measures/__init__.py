"""How each kind of indicator is measured: all targets of a plan that share one are measured together."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from plans.measures import dossiers, levels, reported
from plans.measures.questions import Measured, Question
from plans.models.targets import Measure

#: by what is measured: results of targets by their id, from questions and ascending days, the last of which counts
METHODS: Mapping[Measure, Callable[[Sequence[Question], Sequence[date]], Mapping[int, Measured]]] = {
    Measure.LEVELS: levels.measure,
    Measure.ONLINE_DOSSIERS: dossiers.measure,
    Measure.ON_TIME: dossiers.measure,
    Measure.REPORTED_SHARE: reported.measure,
    Measure.REPORTED_ANSWER: reported.measure,
}
