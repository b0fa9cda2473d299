"""The order of the hits, the same whichever engine found them.

Engines only fetch candidates; this scores them and drops what falls below a threshold, so order, totals and facets do
not depend on the engine and are tuned here alone. Every part of a score is a share between 0 and 1; `WEIGHTS` says how
much it counts and why. A syllable counts by how rare it is among the titles: "cấp giấy" says little, "kết hôn" much.
"""

import datetime
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from math import log

from core.text import fold, nfc
from search.analysis import Query, informative, pairs, tokens

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
# Taken off a title that says the contrary of what was asked.
OPPOSITE = 0.07
# An exact code or reference stands before everything else.
EXACT = 10.0
# A question word is no topic, yet one that stands in the title is no accident.
UNINFORMATIVE_WEIGHT = 0.1
# A syllable that every title has still counts so much.
LEAST_RARITY = 0.1
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

_MAIN_ENDS = re.compile(r"[;,:(]| trong truong hop | trong cac truong hop | doi voi ")


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
    body: frozenset[str] = frozenset()
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


class Rarity:
    """How much a token says, from `LEAST_RARITY` to 1, by the share of the titles that have it."""

    def __init__(self, titles: Iterable[Sequence[str]] = ()) -> None:
        counts: Counter[str] = Counter()
        total = 0
        for title in titles:
            counts.update(set(title))
            total += 1
        # A token that no title has says most; a catalogue of a few titles cannot tell.
        self._unseen = log(2 * total) if total > 1 else 1.0
        self._weights = {token: self._of(count, total) for token, count in counts.items()} if total > 1 else {}

    def _of(self, count: int, total: int) -> float:
        return LEAST_RARITY + (1 - LEAST_RARITY) * min(1.0, log(total / count) / self._unseen)

    def of(self, token: str) -> float:
        """The weight of a syllable; of a pair, that of both its halves."""
        first, joined, second = token.partition("_")
        weight = self._weights.get(first, 1.0)
        return weight + self._weights.get(second, 1.0) if joined else weight

    def sum(self, found: Iterable[str]) -> float:
        return sum(map(self.of, found))


EVEN = Rarity()


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A title or a popular name, analysed."""

    folded: str
    syllables: frozenset[str]
    pairs: frozenset[str]
    informative: frozenset[str]
    main: frozenset[str]
    accented: frozenset[str]


@lru_cache(maxsize=8192)
def _phrase(text: str, locale: str) -> _Phrase:
    syllables = tokens(text, locale)
    topic = informative(syllables, locale) or syllables
    main = set(tokens(_MAIN_ENDS.split(fold(text), maxsplit=1)[0], locale)).intersection(topic)
    words = re.findall(r"[^\W_]+", nfc(text).lower())
    return _Phrase(
        folded=f" {' '.join(syllables)} ",
        syllables=frozenset(syllables),
        pairs=frozenset(pairs(syllables)),
        informative=frozenset(topic),
        main=frozenset(main if len(main) > 1 else topic),
        accented=frozenset(word for word in words if not word.isascii()),
    )


@dataclass(frozen=True, slots=True)
class _Asked:
    """A reading of the question with what is the same for every candidate."""

    query: Query
    rarity: Rarity
    syllables: Mapping[str, float]
    topic: frozenset[str]
    pairs: Mapping[str, float]
    topic_pairs: frozenset[str]
    body: Mapping[str, float]
    unwanted: tuple[tuple[str, str], ...]
    shares: dict[frozenset[str], float] = field(default_factory=dict)

    @classmethod
    def of(cls, query: Query, rarity: Rarity) -> "_Asked":
        topic = frozenset(query.informative)
        folded = f" {query.folded} "
        return cls(
            query=query,
            rarity=rarity,
            syllables={token: rarity.of(token) for token in query.syllables},
            topic=topic,
            pairs={pair: rarity.of(pair) for pair in query.pairs},
            topic_pairs=frozenset(pair for pair in query.pairs if topic.issuperset(pair.split("_"))),
            body={token: rarity.of(token) for token in (*query.informative, *query.pairs)},
            unwanted=tuple(
                (f" {one} ", f" {other} ")
                for pair in OPPOSITES
                for one, other in (pair, pair[::-1])
                if f" {one} " in folded and f" {other} " not in folded
            ),
        )

    def coverage(self, phrase: _Phrase, found_pairs: Iterable[str]) -> float:
        """How much of the question the phrase has.

        A question word that makes a pair with its neighbour in the phrase is none there: "tử" in "khai tử".
        """
        topic = self.topic.union(*(pair.split("_") for pair in found_pairs))
        total = covered = 0.0
        for token, rarity in self.syllables.items():
            weight = rarity if token in topic else rarity * UNINFORMATIVE_WEIGHT
            total += weight
            if token in phrase.syllables:
                covered += weight
        return covered / total if total else 0.0

    def share(self, phrase: _Phrase) -> float:
        """How much of the phrase was asked for, its main part above all."""
        return MAIN_PART * self._part(phrase.main) + (1 - MAIN_PART) * self._part(phrase.informative)

    def _part(self, tokens: frozenset[str]) -> float:
        total = self.rarity.sum(tokens)
        return sum(self.syllables.get(token, 0.0) for token in tokens) / total if total else 0.0

    def pair_share(self, found_pairs: Sequence[str]) -> float:
        """Of the pairs that should stand in a title, those of two topic syllables or found in it, the part found."""
        wanted = sum(self.pairs[pair] for pair in self.topic_pairs.union(found_pairs))
        return sum(self.pairs[pair] for pair in found_pairs) / wanted if wanted else 0.0

    def keywords(self, names: str) -> float:
        """How well the best popular name fits: it has to be asked for as a whole, the question may say more."""
        best = 0.0
        for name in names.splitlines():
            if name.strip():
                phrase = _phrase(name, self.query.locale)
                found = [pair for pair in self.pairs if pair in phrase.pairs]
                best = max(best, self.share(phrase) ** 2 * self.coverage(phrase, found))
        return best

    def in_body(self, candidate: Candidate) -> float:
        """Topic syllables and pairs in the text, damped by its length."""
        total = sum(self.body.values())
        found = sum(weight for token, weight in self.body.items() if token in candidate.body)
        return found / total / (1 + log(1 + candidate.body_length / BODY_HALF, 2)) if total else 0.0

    def is_opposite(self, phrase: _Phrase) -> bool:
        return any(other in phrase.folded and one not in phrase.folded for one, other in self.unwanted)

    def parts(self, candidate: Candidate) -> dict[str, float]:
        title = _phrase(candidate.title, self.query.locale)
        found_pairs = [pair for pair in self.pairs if pair in title.pairs]
        accented = self.query.accented
        return {
            "coverage": self.coverage(title, found_pairs),
            "share": self.share(title),
            "pairs": self.pair_share(found_pairs),
            "prior": min(max(candidate.prior, 0.0), 1.0),
            "keywords": self.keywords(candidate.keywords) if candidate.keywords else 0.0,
            "body": self.in_body(candidate),
            "chosen": candidate.chosen,
            "marks": len(accented & title.accented) / len(accented) if accented else 0.0,
        }

    def ranked(self, candidate: Candidate) -> Ranked:
        found = self.parts(candidate)
        score = sum(WEIGHTS[name] * found[name] for name in WEIGHTS) + (EXACT if candidate.exact else 0.0)
        if self.unwanted and self.is_opposite(_phrase(candidate.title, self.query.locale)):
            score -= OPPOSITE
        score -= self.query.handicap
        return Ranked(candidate, score, self.query, found)


def parts(query: Query, candidate: Candidate, rarity: Rarity = EVEN) -> dict[str, float]:
    """The parts of a score by the names of `WEIGHTS`, each from 0 to 1."""
    return _Asked.of(query, rarity).parts(candidate)


def score(query: Query, candidate: Candidate, rarity: Rarity = EVEN) -> float:
    """How well a candidate answers, from 0 to 1, and `EXACT` more where the question is its code or reference."""
    return _Asked.of(query, rarity).ranked(candidate).score


def rank(
    readings: Sequence[Query], candidates: Iterable[Candidate], threshold: float = THRESHOLD, rarity: Rarity = EVEN
) -> list[Ranked]:
    """The candidates at or above the threshold, best first; of equal ones the newest, then the smaller id.

    Each is scored as an answer to the reading of the question that it answers best.
    """
    asked = [_Asked.of(reading, rarity) for reading in readings]
    scored = (max((one.ranked(candidate) for one in asked), key=_score) for candidate in candidates)
    return sorted((hit for hit in scored if hit.score >= threshold), key=_order)


def _score(hit: Ranked) -> float:
    return hit.score


def _order(hit: Ranked) -> tuple[float, int, int]:
    day = hit.candidate.date
    return -round(hit.score, 9), -day.toordinal() if day else 0, hit.candidate.id
