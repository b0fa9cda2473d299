"""The order of the hits, the same whichever engine found them.

Engines only fetch candidates; this scores them and drops what falls below a threshold, so order, totals and facets do
not depend on the engine and are tuned here alone. Every part of a score is a share between 0 and 1; `WEIGHTS` says how
much it counts and why.
"""

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from math import log

from core.text import fold, nfc
from search.analysis import Query, informative, pairs, tokens

# What each part counts; they add up to 1, so a score without an exact code lies between 0 and 1.
WEIGHTS = {
    # A title that has the topic of the question is the best single sign.
    "coverage": 0.30,
    # Of titles that have it, the one that says little else: "Đăng ký khai sinh" before its eleven variants.
    "share": 0.28,
    # Syllables are ambiguous, pairs hardly: "khai sinh" is no "sinh khai".
    "pairs": 0.15,
    # Popular names that an editor gave.
    "keywords": 0.12,
    # The text answers what the title does not name; a long text has every word.
    "body": 0.06,
    # What the kind of content knows, such as the level of government nearest to the citizen.
    "prior": 0.08,
    # Marks typed as they stand in the title settle what is left: "bán" is no "bạn".
    "marks": 0.01,
}
# An exact code or reference stands before everything else.
EXACT = 10.0
# A question word is no topic, yet one that stands in the title is no accident.
UNINFORMATIVE_WEIGHT = 0.1
# A share of the title is mostly one of its main part: what stands before the cases and exceptions.
MAIN_PART = 0.7
# A body of so many syllables counts half.
BODY_HALF = 3000
# Below it are hits with about a third of the topic and no word of it. On labelled questions nearly half of what engines
# fetch falls below, and one right answer in some hundreds with it.
THRESHOLD = 0.25

_MAIN_ENDS = re.compile(r"[;,:(]| trong truong hop | trong cac truong hop | doi voi ")


@dataclass(frozen=True)
class Candidate:
    """A row that an engine fetched, with what its score needs.

    `keywords` are popular names, one a line. `body` are those of the question's syllables and pairs that the text has,
    `body_length` its length in syllables. `prior` is what the kind of content makes of the entry, from 0 to 1. `exact`:
    the question is its code or reference.
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


@dataclass(frozen=True)
class Ranked:
    candidate: Candidate
    score: float


@dataclass(frozen=True)
class _Phrase:
    """A title or a popular name, analysed."""

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
        syllables=frozenset(syllables),
        pairs=frozenset(pairs(syllables)),
        informative=frozenset(topic),
        main=frozenset(main if len(main) > 1 else topic),
        accented=frozenset(word for word in words if not word.isascii()),
    )


def _weights(query: Query, phrase: _Phrase) -> dict[str, float]:
    """How much each syllable of the question counts against this phrase.

    A question word that makes a pair with its neighbour in the phrase is none there: "tử" in "khai tử".
    """
    in_pair = {part for pair in query.pairs if pair in phrase.pairs for part in pair.split("_")}
    topic = in_pair.union(query.informative)
    return {syllable: 1.0 if syllable in topic else UNINFORMATIVE_WEIGHT for syllable in query.syllables}


def _coverage(weights: dict[str, float], found: frozenset[str]) -> float:
    total = sum(weights.values())
    return sum(weight for syllable, weight in weights.items() if syllable in found) / total if total else 0.0


def _share(asked: frozenset[str], phrase: _Phrase) -> float:
    """How much of the phrase was asked for, its main part above all."""

    def part(syllables: frozenset[str]) -> float:
        return len(asked & syllables) / len(syllables) if syllables else 0.0

    return MAIN_PART * part(phrase.main) + (1 - MAIN_PART) * part(phrase.informative)


def _topic_pairs(query: Query, phrase: _Phrase) -> list[str]:
    """The pairs that should stand in a title: of two topic syllables, or found in this one."""
    topic = set(query.informative)
    return [pair for pair in query.pairs if pair in phrase.pairs or topic.issuperset(pair.split("_"))]


def _keywords(query: Query, asked: frozenset[str], names: str) -> float:
    """How well the best popular name fits: it has to be asked for as a whole, the question may say more."""
    phrases = [_phrase(name, query.locale) for name in names.splitlines() if name.strip()]
    fits = (_share(asked, phrase) ** 2 * _coverage(_weights(query, phrase), phrase.syllables) for phrase in phrases)
    return max(fits, default=0.0)


def _body(query: Query, candidate: Candidate) -> float:
    """Topic syllables and pairs in the text, damped by its length."""
    asked = (*query.informative, *query.pairs)
    found = sum(token in candidate.body for token in asked)
    return found / len(asked) / (1 + log(1 + candidate.body_length / BODY_HALF, 2)) if asked else 0.0


def parts(query: Query, candidate: Candidate) -> dict[str, float]:
    """The parts of a score by the names of `WEIGHTS`, each from 0 to 1: what an order is explained with."""
    title = _phrase(candidate.title, query.locale)
    asked = frozenset(query.syllables)
    topic_pairs = _topic_pairs(query, title)
    return {
        "coverage": _coverage(_weights(query, title), title.syllables),
        "share": _share(asked, title),
        "pairs": sum(pair in title.pairs for pair in topic_pairs) / len(topic_pairs) if topic_pairs else 0.0,
        "keywords": _keywords(query, asked, candidate.keywords),
        "body": _body(query, candidate),
        "prior": min(max(candidate.prior, 0.0), 1.0),
        "marks": len(query.accented & title.accented) / len(query.accented) if query.accented else 0.0,
    }


def score(query: Query, candidate: Candidate) -> float:
    """How well a candidate answers, from 0 to 1, and `EXACT` more where the question is its code or reference."""
    found = parts(query, candidate)
    return sum(WEIGHTS[name] * found[name] for name in WEIGHTS) + (EXACT if candidate.exact else 0.0)


def rank(query: Query, candidates: Iterable[Candidate], threshold: float = THRESHOLD) -> list[Ranked]:
    """The candidates at or above the threshold, best first; of equal ones the newest, then the smaller id."""
    scored = [Ranked(candidate, score(query, candidate)) for candidate in candidates]
    return sorted((hit for hit in scored if hit.score >= threshold), key=_order)


def _order(hit: Ranked) -> tuple[float, int, int]:
    day = hit.candidate.date
    return -hit.score, -day.toordinal() if day else 0, hit.candidate.id
