"""The order of the hits, the same whichever engine found them.

Engines only fetch candidates; this scores them and drops what falls below a threshold, so order, totals and facets do
not depend on the engine and are tuned here alone. Every part of a score is a share between 0 and 1; `WEIGHTS` says how
much it counts and why. A syllable counts by how rare it is among the titles: "cấp giấy" says little, "kết hôn" much.
"""

import datetime
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log

from search.analysis import Query
from search.phrases import Phrase, phrase
from search.rarity import EVEN, Rarity

# What each part counts; they add up to 1, so a score without an exact code lies between 0 and 1.
WEIGHTS = {
    # A title that has the topic of the question is the best single sign.
    "coverage": 0.34,
    # Of titles that have it, the one that says little else: "Đăng ký khai sinh" before its eleven variants.
    "share": 0.24,
    # Syllables are ambiguous, pairs hardly: "khai sinh" is no "sinh khai".
    "pairs": 0.13,
    # What the kind of content knows, such as the level of government nearest to the citizen.
    "prior": 0.12,
    # Popular names that an editor gave.
    "keywords": 0.10,
    # The text answers what the title does not name; a long text has every word.
    "body": 0.04,
    # What others chose for the very same question; little, so that it never feeds itself.
    "chosen": 0.02,
    # Marks typed as they stand in the title settle what is left: "bán" is no "bạn".
    "marks": 0.01,
}
# What is asked of a title, and of a popular name as well, which counts a little less.
NAMED = ("coverage", "share", "pairs")
POPULAR = 0.9
# Taken off a title that says the contrary of what was asked.
OPPOSITE = 0.07
# An exact code or reference stands before everything else.
EXACT = 10.0
# A question word is no topic, yet one that stands in the title is no accident.
UNINFORMATIVE_WEIGHT = 0.1
# A share of the title is mostly one of its main part: what stands before the cases and exceptions.
MAIN_PART = 0.7
# A body of so many syllables counts half.
BODY_HALF = 3000
# Below it are hits with about a third of the topic and no word of it.
THRESHOLD = 0.25

# Pairs of which a question that names one does not want the other.
OPPOSITES = (
    ("bat buoc", "tu nguyen"),
    ("ca nhan", "to chuc"),
    ("thuong tru", "tam tru"),
    ("xuat khau", "nhap khau"),
    ("xuat canh", "nhap canh"),
    ("thanh lap", "giai the"),
    ("trong nuoc", "nuoc ngoai"),
    ("noi dia", "bien"),
)


@dataclass(frozen=True)
class Candidate:
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


@dataclass(frozen=True)
class Ranked:
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
    pairs: Mapping[str, float]
    pair_names: frozenset[str]
    topic_pairs: frozenset[str]
    body: Mapping[str, float]
    #: the topic and its pairs, first what a text is likeliest to lack
    wanted: tuple[str, ...]
    unwanted: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, query: Query, rarity: Rarity) -> "_Asked":
        topic = frozenset(query.informative)
        folded = f" {query.folded} "
        syllables = {token: rarity.of(token) for token in query.syllables}
        topic_pairs = frozenset(pair for pair in query.pairs if topic.issuperset(pair.split("_")))
        return cls(
            query=query,
            rarity=rarity,
            syllables=syllables,
            names=frozenset(syllables),
            topic=topic,
            weights={
                token: weight if token in topic else weight * UNINFORMATIVE_WEIGHT
                for token, weight in syllables.items()
            },
            pairs={pair: rarity.of(pair) for pair in query.pairs},
            pair_names=frozenset(query.pairs),
            topic_pairs=topic_pairs,
            body={token: rarity.of(token) for token in (*query.informative, *query.pairs)},
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
        total = sum(self.weights.values())
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
        total = self.rarity.sum(tokens)
        return sum(map(self.syllables.__getitem__, self.names & tokens)) / total if total else 0.0

    def pair_share(self, found_pairs: frozenset[str]) -> float:
        """Of the pairs that should stand in a title, those of two topic syllables or found in it, the part found."""
        wanted = sum(map(self.pairs.__getitem__, self.topic_pairs | found_pairs))
        return sum(map(self.pairs.__getitem__, found_pairs)) / wanted if wanted else 0.0

    def named(self, name: Phrase) -> dict[str, float]:
        """How well a title, or another name, fits."""
        if self.names.isdisjoint(name.syllables):
            return dict.fromkeys(NAMED, 0.0)
        found = self.pair_names & name.pairs
        shares = self.coverage(name, found), self.share(name), self.pair_share(found) if found else 0.0
        return {part: min(1.0, share) for part, share in zip(NAMED, shares, strict=True)}

    def by_any_name(self, candidate: Candidate) -> dict[str, float]:
        """The parts by the title, or by the popular name that fits better: it has to be asked for, and alone."""
        names = [phrase(name, self.query.locale) for name in candidate.keywords.splitlines() if name.strip()]
        popular = [self.named(name) for name in names]
        wholes = [found["share"] ** 2 * found["coverage"] for found in popular]
        of_title = self.named(phrase(candidate.title, self.query.locale))
        damped = (
            {part: POPULAR * whole * found[part] for part in NAMED}
            for whole, found in zip(wholes, popular, strict=True)
        )
        return max((of_title, *damped), key=_weighed) | {"keywords": max(wholes, default=0.0)}

    def in_body(self, candidate: Candidate) -> float:
        """Topic syllables and pairs in the text, damped by its length."""
        total = sum(self.body.values())
        found = sum(weight for token, weight in self.body.items() if token in candidate.body)
        return found / total * _damping(candidate.body_length) if total else 0.0

    def is_opposite(self, title: Phrase) -> bool:
        return any(other in title.folded and one not in title.folded for one, other in self.unwanted)

    def parts(self, candidate: Candidate) -> dict[str, float]:
        """All but the text, which is dear to look through: see `with_body`."""
        title = phrase(candidate.title, self.query.locale)
        accented = self.query.accented
        found = self.by_any_name(candidate) if candidate.keywords else self.named(title) | {"keywords": 0.0}
        return found | {
            "prior": min(max(candidate.prior, 0.0), 1.0),
            "body": 0.0,
            "chosen": candidate.chosen,
            "marks": len(accented & title.accented) / len(accented) if accented else 0.0,
        }

    def ranked(self, candidate: Candidate) -> Ranked:
        """The hit as if its text had nothing of the question."""
        found = self.parts(candidate)
        score = sum([weight * found[name] for name, weight in WEIGHTS.items()]) + (EXACT if candidate.exact else 0.0)
        if self.unwanted and self.is_opposite(phrase(candidate.title, self.query.locale)):
            score -= OPPOSITE
        return Ranked(candidate, score - self.query.handicap, self.query, found)

    def with_body(self, hit: Ranked) -> Ranked:
        found = self.in_body(hit.candidate)
        return Ranked(hit.candidate, hit.score + WEIGHTS["body"] * found, self.query, {**hit.parts, "body": found})


def _weighed(found: Mapping[str, float]) -> float:
    return sum(WEIGHTS[part] * found[part] for part in NAMED)


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
    hits = [one.ranked(candidate) for one in asked]
    most = WEIGHTS["body"] * _damping(candidate.body_length)
    may_reach = max(map(_score, hits)) + most >= threshold
    if may_reach or (also_whole and any(_all_in(candidate.body, one.wanted) for one in asked)):
        hit = max([one.with_body(hit) for one, hit in zip(asked, hits, strict=True)], key=_score)
        if hit.score >= threshold or (also_whole and has_all(hit)):
            yield hit


def has_all(hit: Ranked) -> bool:
    """Whether the text has all that was asked, by the reading that it answers best."""
    topic = hit.reading.informative
    pairs = (pair for pair in hit.reading.pairs if set(topic).issuperset(pair.split("_")))
    return _all_in(hit.candidate.body, (*topic, *pairs))


def _all_in(body: Container[str], wanted: Iterable[str]) -> bool:
    return all(token in body for token in wanted)


def _score(hit: Ranked) -> float:
    return hit.score


def _order(hit: Ranked) -> tuple[float, int, int]:
    day = hit.candidate.date
    return -round(hit.score, 9), -day.toordinal() if day else 0, hit.candidate.id
