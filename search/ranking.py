"""The order of the hits, the same whichever engine found them.

Engines only fetch candidates; this scores them and drops what falls below a threshold, so order, totals and facets do
not depend on the engine and are tuned here alone. Every part of a score is a share between 0 and 1; `WEIGHTS` says how
much it counts and why. A syllable counts by how rare it is among the titles: "cấp giấy" says little, "kết hôn" much.
"""

import datetime
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log
from operator import mul
from typing import NamedTuple

from search.analysis import Query
from search.phrases import Phrase
from search.rarity import EVEN, Rarity
from search.unasked import Unasked
from search.weights import (
    BODY_HALF,
    EXACT,
    MAIN_PART,
    POPULAR,
    THRESHOLD,
    UNINFORMATIVE_WEIGHT,
    WEIGHTS,
)

# How well a title, or another name, fits: coverage, share and pairs.
Fit = tuple[float, float, float]
NO_FIT: Fit = (0.0, 0.0, 0.0)


class Parts(NamedTuple):
    """What a score is made of, by the names of `WEIGHTS`; those of a `Fit` first."""

    coverage: float
    share: float
    pairs: float
    prior: float
    keywords: float
    body: float
    chosen: float
    marks: float


_WEIGHTS = tuple(WEIGHTS[part] for part in Parts._fields)


class Candidate(NamedTuple):
    """A row that an engine fetched, with what its score needs.

    `names`: title and popular names, analysed. `body` are those of the question's syllables and pairs that the text
    has, `body_length` its length in syllables. `prior` is what the kind of content makes of the entry, from 0 to 1.
    `exact`: the question is its code or reference. `chosen`: the share of readers who took it for this question.
    """

    id: int
    kind: str
    title: str
    names: tuple[Phrase, ...]
    body: Container[str] = frozenset()
    body_length: int = 0
    date: datetime.date | None = None
    prior: float = 0.0
    exact: bool = False
    chosen: float = 0.0


class Ranked(NamedTuple):
    candidate: Candidate
    score: float
    #: the reading of the question that it answers best
    reading: Query
    #: what the score is made of, by the names of `WEIGHTS`
    parts: Mapping[str, float]


class _Token(NamedTuple):
    """A syllable or pair of the question: how it stands in a phrase, and what it counts."""

    standing: str
    rarity: float
    #: in a title that has no pair of question words
    weight: float
    is_topic: bool


@dataclass(frozen=True, slots=True)
class _Asked:
    """A reading of the question with what is the same for every candidate."""

    query: Query
    rarity: Rarity
    syllables: tuple[_Token, ...]
    weight: float
    #: pairs of neighbours
    pairs: tuple[_Token, ...]
    #: what the pairs of two topic syllables weigh
    pair_weight: float
    accented: tuple[str, ...]
    body: Mapping[str, float]
    body_weight: float
    #: the topic and its pairs, first what a text is likeliest to lack
    wanted: tuple[str, ...]
    unasked: Unasked

    @classmethod
    def of(cls, query: Query, rarity: Rarity) -> "_Asked":
        topic = frozenset(query.informative)
        syllables = tuple(_token(token, rarity, token in topic) for token in query.syllables)
        pairs = tuple(_token(pair, rarity, topic.issuperset(pair.split("_"))) for pair in query.pairs)
        body = {token: rarity.of(token) for token in (*query.informative, *query.pairs)}
        topic_pairs = (name for name, pair in zip(query.pairs, pairs, strict=True) if pair.is_topic)
        return cls(
            query=query,
            rarity=rarity,
            syllables=syllables,
            weight=sum(token.weight for token in syllables),
            pairs=pairs,
            pair_weight=sum(pair.rarity for pair in pairs if pair.is_topic),
            accented=tuple(f" {word} " for word in query.accented),
            body=body,
            body_weight=sum(body.values()),
            wanted=(*sorted(query.informative, key=rarity.of, reverse=True), *topic_pairs),
            unasked=Unasked.of(query.folded),
        )

    def fit(self, name: Phrase) -> Fit:
        folded = name.folded
        found = [token for token in self.syllables if token[0] in folded]
        if not found:
            return NO_FIT
        pairs = [pair for pair in self.pairs if pair[0] in folded] if len(found) > 1 else ()
        return (
            min(1.0, self.coverage(found, pairs)),
            min(1.0, self.share(name, found)),
            min(1.0, self.pair_share(pairs)) if pairs else 0.0,
        )

    def coverage(self, found: Sequence[_Token], pairs: Sequence[_Token]) -> float:
        """How much of the question the phrase has.

        A question word that makes a pair with its neighbour in the phrase is none there: "tử" in "khai tử".
        """
        total, covered = self.weight, sum([token[2] for token in found])
        odd = [pair[0] for pair in pairs if not pair[3]]
        if odd:
            halves = [token for token in found if not token.is_topic and any(token.standing in pair for pair in odd)]
            more = sum(token.rarity - token.weight for token in halves)
            total, covered = total + more, covered + more
        return covered / total if total else 0.0

    def share(self, name: Phrase, found: Sequence[_Token]) -> float:
        """How much of the phrase was asked for, its main part above all."""
        whole = self._part(name.informative, found)
        if name.main == name.informative:
            return whole
        return MAIN_PART * self._part(name.main, found) + (1 - MAIN_PART) * whole

    def _part(self, words: str, found: Sequence[_Token]) -> float:
        total = self.rarity.sum_of(words)
        return sum([token[1] for token in found if token[0] in words]) / total if total else 0.0

    def pair_share(self, found: Sequence[_Token]) -> float:
        """Of the pairs that should stand in a title, those of two topic syllables or found in it, the part found."""
        wanted, having = self.pair_weight, 0.0
        for _standing, rarity, _weight, is_topic in found:
            having += rarity
            wanted += 0.0 if is_topic else rarity
        return having / wanted if wanted else 0.0

    def by_any_name(self, names: Sequence[Phrase]) -> tuple[Fit, float]:
        """The fit of the title, or of the popular name that fits better: it has to be asked for, and alone.

        And how far one of the popular names was asked for.
        """
        title, *popular = [self.fit(name) for name in names]
        wholes = [share**2 * coverage for coverage, share, _pairs in popular]
        damped: list[Fit] = []
        for whole, (coverage, share, pairs) in zip(wholes, popular, strict=True):
            less = POPULAR * whole
            damped.append((less * coverage, less * share, less * pairs))
        return max((title, *damped), key=_weighed), max(wholes, default=0.0)

    def in_body(self, candidate: Candidate) -> float:
        """Topic syllables and pairs in the text, damped by its length."""
        text = candidate.body
        found = sum([weight for token, weight in self.body.items() if token in text])
        return found / self.body_weight * _damping(candidate.body_length) if self.body_weight else 0.0

    def scored(self, candidate: Candidate) -> tuple[float, Parts]:
        """Score and parts as if the text had nothing of the question: it is dear to look through."""
        names = candidate.names
        found, keywords = self.by_any_name(names) if len(names) > 1 else (self.fit(names[0]), 0.0)
        accented = names[0].accented
        marks = sum([word in accented for word in self.accented]) / len(self.accented) if self.accented else 0.0
        parts = Parts(*found, min(max(candidate.prior, 0.0), 1.0), keywords, 0.0, candidate.chosen, marks)
        score = sum(map(mul, _WEIGHTS, parts)) + (EXACT if candidate.exact else 0.0) - self.query.handicap
        return score - self.unasked.penalty(names[0].folded), parts

    def hit(self, candidate: Candidate, score: float, parts: Parts) -> Ranked:
        """The whole hit, with what its text adds."""
        body = self.in_body(candidate)
        return Ranked(candidate, score + WEIGHTS["body"] * body, self.query, parts._replace(body=body)._asdict())


def _token(token: str, rarity: Rarity, is_topic: bool) -> _Token:
    says = rarity.of(token)
    return _Token(f" {token.replace('_', ' ')} ", says, says if is_topic else says * UNINFORMATIVE_WEIGHT, is_topic)


def _weighed(found: Fit) -> float:
    return float(sum(map(mul, _WEIGHTS, found)))


def _damping(length: int) -> float:
    """What a word of a text counts: a long text has every word."""
    return 1 / (1 + log(1 + length / BODY_HALF, 2))


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
    asked = [_Asked.of(reading, rarity) for reading in readings]
    hits = (hit for one in candidates for hit in _best(asked, one, threshold, also_whole, one.id in counted))
    return sorted(hits, key=_order)


def _best(
    asked: Sequence[_Asked], candidate: Candidate, threshold: float, also_whole: bool, is_counted: bool
) -> Iterator[Ranked]:
    """The hit if it is one. Texts are looked through only where the title and all else leave that open."""
    scored = [(one, *one.scored(candidate)) for one in asked]
    top, most = max([score for _one, score, _parts in scored]), WEIGHTS["body"] * _damping(candidate.body_length)
    if is_counted and top >= threshold:
        yield next(Ranked(candidate, top, one.query, parts._asdict()) for one, score, parts in scored if score == top)
    elif top + most >= threshold or (also_whole and any(_all_in(candidate.body, one.wanted) for one in asked)):
        # A reading that the text cannot lift to the top is not asked about it.
        hits = [one.hit(candidate, score, parts) for one, score, parts in scored if score + most >= top]
        hit = max(hits, key=_score)
        if hit.score >= threshold or (also_whole and has_all(hit)):
            yield hit


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
    return all(token in body for token in wanted)


def _score(hit: Ranked) -> float:
    return hit.score


def _order(hit: Ranked) -> tuple[float, int, int]:
    day = hit.candidate.date
    return -round(hit.score, 9), -day.toordinal() if day else 0, hit.candidate.id
