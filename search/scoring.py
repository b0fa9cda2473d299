"""How well an entry answers one reading of a question.

Every part of a score is a share between 0 and 1; `WEIGHTS` says how much it counts and why. A syllable counts by how
rare it is among the titles: "cấp giấy" says little, "kết hôn" much. Pure.
"""

import datetime
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from operator import mul
from typing import NamedTuple

from search.analysis import Query
from search.phrases import Phrase
from search.rarity import Rarity
from search.sought import Text, standing
from search.unasked import Unasked
from search.weights import EXACT, MAIN_PART, POPULAR, UNINFORMATIVE_WEIGHT, WEIGHTS

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
    body: Text = frozenset()
    body_length: int = 0
    date: datetime.date | None = None
    prior: float = 0.0
    exact: bool = False
    chosen: float = 0.0


class _Token(NamedTuple):
    """A syllable or pair of the question: how it stands in a phrase, and what it counts."""

    standing: str
    rarity: float
    #: in a title that has no pair of question words
    weight: float
    is_topic: bool


class _Found(NamedTuple):
    """What a phrase has of the question."""

    syllables: tuple[_Token, ...]
    #: how much of the question that is
    coverage: float
    #: how many of the pairs that should stand in a title
    pairs: float


@dataclass(frozen=True, slots=True)
class Asked:
    """A reading of the question with what is the same for every candidate.

    `in_phrases`, `in_texts`, `with_marks`: what was computed so far of phrases, texts and titles, by what they have of
    the question. Many have the same.
    """

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
    in_phrases: dict[tuple[str, ...], _Found] = field(default_factory=dict)
    in_texts: dict[Set[str], float] = field(default_factory=dict)
    with_marks: dict[tuple[str, ...], float] = field(default_factory=dict)

    @classmethod
    def of(cls, query: Query, rarity: Rarity) -> "Asked":
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
            accented=tuple(map(standing, query.accented)),
            body=body,
            body_weight=sum(body.values()),
            wanted=(*sorted(query.informative, key=rarity.of, reverse=True), *topic_pairs),
            unasked=Unasked.of(query.folded),
        )

    def fit(self, name: Phrase, having: tuple[str, ...]) -> Fit:
        """Of a phrase that has so much of the question."""
        found = self.in_phrases.get(having)
        if found is None:
            found = self.in_phrases[having] = self.found(having)
        syllables, coverage, pairs = found
        return (coverage, min(1.0, self.share(name, syllables)), pairs) if syllables else NO_FIT

    def found(self, having: Sequence[str]) -> _Found:
        syllables = tuple([token for token in self.syllables if token.standing in having])
        pairs = tuple([pair for pair in self.pairs if pair.standing in having]) if len(syllables) > 1 else ()
        return _Found(syllables, min(1.0, self.coverage(syllables, pairs)), min(1.0, self.pair_share(pairs)))

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

    def by_any_name(self, fits: Sequence[Fit]) -> tuple[Fit, float]:
        """The fit of the title, or of the popular name that fits better: it has to be asked for, and alone.

        And how far one of the popular names was asked for.
        """
        best, weight, most = fits[0], _weighed(fits[0]), 0.0
        for coverage, share, pairs in fits[1:]:
            whole = share**2 * coverage
            if whole:
                less = POPULAR * whole
                damped = (less * coverage, less * share, less * pairs)
                if (its_weight := _weighed(damped)) > weight:
                    best, weight = damped, its_weight
                most = max(most, whole)
        return best, most

    def in_text(self, having: Set[str]) -> float:
        """How many of the topic syllables and pairs the text has."""
        found = self.in_texts.get(having)
        if found is None:
            weight = sum([weight for token, weight in self.body.items() if token in having])
            found = self.in_texts[having] = weight / self.body_weight if self.body_weight else 0.0
        return found

    def marks(self, having: tuple[str, ...]) -> float:
        """Of the words typed with marks those that stand so in the title."""
        found = self.with_marks.get(having)
        if found is None:
            words = [word for word in self.accented if word in having]
            found = self.with_marks[having] = len(words) / len(self.accented) if self.accented else 0.0
        return found

    def scored(
        self, candidate: Candidate, having: Sequence[tuple[str, ...]], marked: tuple[str, ...]
    ) -> tuple[float, Parts]:
        """Score and parts as if the text had nothing of the question: it is dear to look through.

        `having`: what title and popular names have of the question, `marked` what the title has of its accented words.
        """
        names = candidate.names
        if len(names) > 1:
            fit, keywords = self.by_any_name(list(map(self.fit, names, having)))
        else:
            fit, keywords = self.fit(names[0], having[0]), 0.0
        prior = min(max(candidate.prior, 0.0), 1.0)
        parts = Parts(*fit, prior, keywords, 0.0, candidate.chosen, self.marks(marked))
        score = sum(map(mul, _WEIGHTS, parts)) + (EXACT if candidate.exact else 0.0) - self.query.handicap
        return score - self.unasked.penalty(names[0].folded), parts


def _token(token: str, rarity: Rarity, is_topic: bool) -> _Token:
    says = rarity.of(token)
    return _Token(standing(token), says, says if is_topic else says * UNINFORMATIVE_WEIGHT, is_topic)


def _weighed(found: Fit) -> float:
    return float(sum(map(mul, _WEIGHTS, found)))
