"""The order of the hits, the same whichever engine found them.

Engines only fetch candidates; these are scored (scoring.py), and what falls below a threshold is dropped, so order,
totals and facets do not depend on the engine and are tuned here alone.
"""

from collections.abc import Container, Iterable, Mapping, Sequence
from math import log
from operator import itemgetter
from typing import NamedTuple

from search.analysis import Query
from search.rarity import EVEN, Rarity
from search.scoring import Asked, Candidate, Parts
from search.sought import Sought
from search.unasked import Unasked
from search.weights import BODY_HALF, EXACT, THRESHOLD, WEIGHTS


class Ranked(NamedTuple):
    candidate: Candidate
    score: float
    #: the reading of the question that it answers best
    reading: Query
    #: what the score is made of, by the names of `WEIGHTS`
    parts: Mapping[str, float]


def rank(
    readings: Sequence[Query],
    candidates: Iterable[Candidate],
    threshold: float = THRESHOLD,
    rarity: Rarity = EVEN,
    *,
    also_whole: bool = False,
    counted: Container[int] = frozenset(),
) -> list[Ranked]:
    """The candidates at or above the threshold, best first; of equal ones the newest, then the smaller id.

    Each is scored as an answer to the reading of the question that it answers best. `also_whole`: below the threshold,
    too, where the text has all that was asked. `counted`: those whose place nobody asks for; what their texts add to a
    score that is above the threshold is left out.
    """
    asked, sought = [Asked.of(reading, rarity) for reading in readings], Sought.of(readings)
    found = (_best(asked, sought, one, threshold, also_whole, one.id in counted) for one in candidates)
    return sorted(filter(None, found), key=_order)


def _best(
    asked: Sequence[Asked],
    sought: Sought,
    candidate: Candidate,
    threshold: float,
    also_whole: bool,
    is_counted: bool,
) -> Ranked | None:
    """The hit if it is one. Texts are looked through only where the title and all else leave that open."""
    having = [sought.in_phrase(name.folded) for name in candidate.names]
    marked = sought.in_words(candidate.names[0].accented)
    scored = [(one, *one.scored(candidate, having, marked)) for one in asked]
    top, damping = max([score for _one, score, _parts in scored]), _damping(candidate.body_length)
    if is_counted and top >= threshold:
        return next(_hit(one, candidate, score, parts) for one, score, parts in scored if score == top)
    most = WEIGHTS["body"] * damping
    if top + most < threshold and not (also_whole and any(_all_in(candidate.body, one.wanted) for one in asked)):
        return None
    text = candidate.body.intersection(sought.tokens)
    # A reading that the text cannot lift to the top is not asked about it.
    lifted = [
        (score + most * in_text, score, in_text, parts, one)
        for one, score, parts in scored
        if score + most >= top
        for in_text in [one.in_text(text)]
    ]
    _whole, score, in_text, parts, one = max(lifted, key=itemgetter(0))
    hit = _hit(one, candidate, score, parts, in_text * damping)
    return hit if hit.score >= threshold or (also_whole and has_all(hit)) else None


def _hit(asked: Asked, candidate: Candidate, score: float, parts: Parts, text: float = 0.0) -> Ranked:
    """The whole hit, with what its text adds."""
    whole = parts._replace(body=text) if text else parts
    return Ranked(candidate, score + WEIGHTS["body"] * text, asked.query, whole._asdict())


def _damping(length: int) -> float:
    """What a word of a text counts: a long text has every word."""
    return 1 / (1 + log(1 + length / BODY_HALF, 2))


def has_all(hit: Ranked) -> bool:
    """Whether the text has all that was asked, by the reading that it answers best."""
    topic = hit.reading.informative
    pairs = (pair for pair in hit.reading.pairs if set(topic).issuperset(pair.split("_")))
    return _all_in(hit.candidate.body, (*topic, *pairs))


def beyond_parts(hit: Ranked) -> dict[str, float]:
    """What a score has beside its weighted parts, by name: for an exact code, and taken off for what is contrary."""
    return {
        "exact": EXACT if hit.candidate.exact else 0.0,
        "opposite": -Unasked.of(hit.reading.folded).penalty(hit.candidate.names[0].folded),
        "handicap": -hit.reading.handicap,
    }


def _all_in(body: Container[str], wanted: Iterable[str]) -> bool:
    for token in wanted:  # noqa: SIM110 - asked of most candidates, mostly about one token
        if token not in body:
            return False
    return True


def _order(hit: Ranked) -> tuple[float, int, int]:
    day = hit.candidate.date
    return -round(hit.score, 9), -day.toordinal() if day else 0, hit.candidate.id
