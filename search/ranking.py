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
from search.phrases import Phrase, phrase
from search.rarity import EVEN, Rarity
from search.weights import (
    BODY_HALF,
    EXACT,
    MAIN_PART,
    OPPOSITE,
    OPPOSITES,
    POPULAR,
    THRESHOLD,
    UNINFORMATIVE_WEIGHT,
    WEIGHTS,
)

# How well a title, or another name, fits: coverage, share and pairs.
Fit = tuple[float, float, float]


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

    `keywords` are popular names, one a line. `body` are those of the question's syllables and pairs that the text has,
    `body_length` its length in syllables. `prior` is what the kind of content makes of the entry, from 0 to 1. `exact`:
    the question is its code or reference. `chosen`: the share of readers who took it for this question.
    """

    id: int
    kind: str
    title: str
    keywords: str = ""
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


@dataclass(frozen=True, slots=True)
class _Asked:
    """A reading of the question with what is the same for every candidate.

    `weights`: what each syllable counts in a title that has no pair of question words.
    """

    query: Query
    rarity: Rarity
    syllables: Mapping[str, float]
    names: frozenset[str]
    topic: frozenset[str]
    weights: Mapping[str, float]
    weight: float
    pairs: Mapping[str, float]
    pair_names: frozenset[str]
    topic_pairs: frozenset[str]
    body: Mapping[str, float]
    body_weight: float
    #: the topic and its pairs, first what a text is likeliest to lack
    wanted: tuple[str, ...]
    unwanted: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, query: Query, rarity: Rarity) -> "_Asked":
        topic = frozenset(query.informative)
        folded = f" {query.folded} "
        syllables = {token: rarity.of(token) for token in query.syllables}
        topic_pairs = frozenset(pair for pair in query.pairs if topic.issuperset(pair.split("_")))
        weights = {
            token: weight if token in topic else weight * UNINFORMATIVE_WEIGHT for token, weight in syllables.items()
        }
        body = {token: rarity.of(token) for token in (*query.informative, *query.pairs)}
        return cls(
            query=query,
            rarity=rarity,
            syllables=syllables,
            names=frozenset(syllables),
            topic=topic,
            weights=weights,
            weight=sum(weights.values()),
            pairs={pair: rarity.of(pair) for pair in query.pairs},
            pair_names=frozenset(query.pairs),
            topic_pairs=topic_pairs,
            body=body,
            body_weight=sum(body.values()),
            wanted=(*sorted(query.informative, key=rarity.of, reverse=True), *topic_pairs),
            unwanted=tuple(
                (f" {one} ", f" {other} ")
                for pair in OPPOSITES
                for one, other in (pair, pair[::-1])
                if f" {one} " in folded and f" {other} " not in folded
            ),
        )

    def coverage(self, title: Phrase, found_pairs: frozenset[str]) -> float:
        """How much of the question the phrase has.

        A question word that makes a pair with its neighbour in the phrase is none there: "tử" in "khai tử".
        """
        total = self.weight
        covered = sum(map(self.weights.__getitem__, self.names & title.syllables))
        if odd := found_pairs - self.topic_pairs:
            halves = {half for pair in odd for half in pair.split("_")}.difference(self.topic)
            more = sum(self.syllables[half] - self.weights[half] for half in halves.intersection(self.names))
            total, covered = total + more, covered + more
        return covered / total if total else 0.0

    def share(self, title: Phrase) -> float:
        """How much of the phrase was asked for, its main part above all."""
        return MAIN_PART * self._part(title.main) + (1 - MAIN_PART) * self._part(title.informative)

    def _part(self, tokens: frozenset[str]) -> float:
        total = self.rarity.sum_of(tokens)
        return sum(map(self.syllables.__getitem__, self.names & tokens)) / total if total else 0.0

    def pair_share(self, found_pairs: frozenset[str]) -> float:
        """Of the pairs that should stand in a title, those of two topic syllables or found in it, the part found."""
        wanted = sum(map(self.pairs.__getitem__, self.topic_pairs | found_pairs))
        return sum(map(self.pairs.__getitem__, found_pairs)) / wanted if wanted else 0.0

    def fit(self, name: Phrase) -> Fit:
        if self.names.isdisjoint(name.syllables):
            return 0.0, 0.0, 0.0
        found = self.pair_names & name.pairs
        pairs = self.pair_share(found) if found else 0.0
        return min(1.0, self.coverage(name, found)), min(1.0, self.share(name)), min(1.0, pairs)

    def by_any_name(self, candidate: Candidate, title: Phrase) -> tuple[Fit, float]:
        """The fit of the title, or of the popular name that fits better: it has to be asked for, and alone.

        And how far one of the popular names was asked for.
        """
        names = [phrase(name, self.query.locale) for name in candidate.keywords.splitlines() if name.strip()]
        popular = [self.fit(name) for name in names]
        wholes = [share**2 * coverage for coverage, share, _pairs in popular]
        damped: list[Fit] = []
        for whole, (coverage, share, pairs) in zip(wholes, popular, strict=True):
            less = POPULAR * whole
            damped.append((less * coverage, less * share, less * pairs))
        return max((self.fit(title), *damped), key=_weighed), max(wholes, default=0.0)

    def in_body(self, candidate: Candidate) -> float:
        """Topic syllables and pairs in the text, damped by its length."""
        text = candidate.body
        found = sum([weight for token, weight in self.body.items() if token in text])
        return found / self.body_weight * _damping(candidate.body_length) if self.body_weight else 0.0

    def is_opposite(self, title: Phrase) -> bool:
        return any(other in title.folded and one not in title.folded for one, other in self.unwanted)

    def scored(self, candidate: Candidate) -> tuple[float, Parts]:
        """Score and parts as if the text had nothing of the question: it is dear to look through."""
        title = phrase(candidate.title, self.query.locale)
        found, keywords = self.by_any_name(candidate, title) if candidate.keywords else (self.fit(title), 0.0)
        accented = self.query.accented
        marks = len(accented & title.accented) / len(accented) if accented else 0.0
        parts = Parts(*found, min(max(candidate.prior, 0.0), 1.0), keywords, 0.0, candidate.chosen, marks)
        score = sum(map(mul, _WEIGHTS, parts)) + (EXACT if candidate.exact else 0.0) - self.query.handicap
        return score - OPPOSITE if self.unwanted and self.is_opposite(title) else score, parts

    def hit(self, candidate: Candidate, score: float, parts: Parts) -> Ranked:
        """The whole hit, with what its text adds."""
        body = self.in_body(candidate)
        return Ranked(candidate, score + WEIGHTS["body"] * body, self.query, parts._replace(body=body)._asdict())


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
) -> list[Ranked]:
    """The candidates at or above the threshold, best first; of equal ones the newest, then the smaller id.

    Each is scored as an answer to the reading of the question that it answers best. `also_whole`: below the threshold,
    too, where the text has all that was asked.
    """
    asked = [_Asked.of(reading, rarity) for reading in readings]
    hits = (hit for candidate in candidates for hit in _best(asked, candidate, threshold, also_whole))
    return sorted(hits, key=_order)


def _best(asked: Sequence[_Asked], candidate: Candidate, threshold: float, also_whole: bool) -> Iterator[Ranked]:
    """The hit if it is one. Texts are looked through only where the title and all else leave that open."""
    scored = [(one, *one.scored(candidate)) for one in asked]
    top, most = max([score for _one, score, _parts in scored]), WEIGHTS["body"] * _damping(candidate.body_length)
    if top + most >= threshold or (also_whole and any(_all_in(candidate.body, one.wanted) for one in asked)):
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
    title = phrase(hit.candidate.title, hit.reading.locale)
    return {
        "exact": EXACT if hit.candidate.exact else 0.0,
        "opposite": -OPPOSITE if _Asked.of(hit.reading, EVEN).is_opposite(title) else 0.0,
        "handicap": -hit.reading.handicap,
    }


def _all_in(body: Container[str], wanted: Iterable[str]) -> bool:
    return all(token in body for token in wanted)


def _score(hit: Ranked) -> float:
    return hit.score


def _order(hit: Ranked) -> tuple[float, int, int]:
    day = hit.candidate.date
    return -round(hit.score, 9), -day.toordinal() if day else 0, hit.candidate.id
