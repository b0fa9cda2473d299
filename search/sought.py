"""What phrases and texts have of a question: a token of several readings is looked for once. Pure."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Protocol

from search.analysis import Query
from search.syllables import sign


class Text(Protocol):
    """What tells which of the question's tokens a text has; a frozenset of them does."""

    def __contains__(self, token: object, /) -> bool: ...

    def intersection(self, tokens: tuple[str, ...], /) -> Set[str]: ...


class Words:
    """A text, its tokens written together (syllables.py): what tells which syllables and pairs it has."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def __contains__(self, token: object) -> bool:
        return sign(str(token)) in self._text

    def intersection(self, tokens: tuple[str, ...]) -> frozenset[str]:
        """Those of these tokens that it has."""
        text = self._text
        syllables, pairs = _signs(tokens)
        found = {token for token, its_sign in syllables if its_sign in text}
        # Most pairs lack a half.
        more = [pair for pair, its_sign, halves in pairs if halves <= found and its_sign in text]
        return frozenset(found.union(more) if more else found)


@lru_cache(maxsize=64)
def _signs(tokens: tuple[str, ...]) -> tuple[list[tuple[str, str]], list[tuple[str, str, Set[str]]]]:
    """Syllables with their signs, and pairs with theirs and those of their halves that are among the syllables."""
    syllables = [(token, sign(token)) for token in tokens if "_" not in token]
    pairs = [(token, sign(token), frozenset(token.split("_")).intersection(tokens)) for token in tokens if "_" in token]
    return syllables, pairs


def standing(token: str) -> str:
    """How a syllable or pair stands in a folded phrase."""
    return f" {token.replace('_', ' ')} "


@dataclass(frozen=True, slots=True)
class Sought:
    """All that the readings ask for: syllables, pairs and accented words as they stand in a phrase, tokens for texts.

    `halves`: the syllables of a pair. `beside`: the pairs that may be where these syllables are.
    """

    syllables: tuple[str, ...]
    halves: Mapping[str, Set[str]]
    words: tuple[str, ...]
    tokens: tuple[str, ...]
    beside: dict[tuple[str, ...], tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, readings: Sequence[Query]) -> "Sought":
        syllables = dict.fromkeys(token for reading in readings for token in reading.syllables)
        pairs = dict.fromkeys(pair for reading in readings for pair in reading.pairs)
        topic = dict.fromkeys(token for reading in readings for token in reading.informative)
        return cls(
            syllables=tuple(map(standing, syllables)),
            halves={standing(pair): frozenset(map(standing, pair.split("_"))) for pair in pairs},
            words=tuple({standing(word): None for reading in readings for word in sorted(reading.accented)}),
            tokens=(*topic, *pairs),
        )

    def in_phrase(self, folded: str) -> tuple[str, ...]:
        """The syllables and pairs that a folded phrase has."""
        found = tuple([syllable for syllable in self.syllables if syllable in folded])
        pairs = self.beside.get(found)
        if pairs is None:
            pairs = self.beside[found] = tuple(pair for pair, both in self.halves.items() if both.issubset(found))
        return (*found, *[pair for pair in pairs if pair in folded]) if pairs else found

    def in_words(self, accented: str) -> tuple[str, ...]:
        """The accented words that a title has."""
        return tuple([word for word in self.words if word in accented])
