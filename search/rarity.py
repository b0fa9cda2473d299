"""How much a syllable says: the rarer among the titles, the more."""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from math import log

# A syllable that every title has still counts so much.
LEAST_RARITY = 0.1
# Sums of titles that are remembered: two a title.
KEPT_SUMS = 16_384


class _Weights(dict[str, float]):
    """What no title has says most."""

    def __missing__(self, token: str) -> float:
        return 1.0


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
        known = {token: self._of(count, total) for token, count in counts.items()} if total > 1 else {}
        self._weights = _Weights(known)
        #: of syllables that are asked about again with every question: those of titles
        self.sum_of = lru_cache(maxsize=KEPT_SUMS)(self.sum)

    def _of(self, count: int, total: int) -> float:
        return LEAST_RARITY + (1 - LEAST_RARITY) * min(1.0, log(total / count) / self._unseen)

    def of(self, token: str) -> float:
        """The weight of a syllable; of a pair, that of both its halves."""
        first, joined, second = token.partition("_")
        weight = self._weights[first]
        return weight + self._weights[second] if joined else weight

    def sum(self, words: str) -> float:
        """What syllables between blanks say together."""
        return sum(map(self._weights.__getitem__, words.split()))


EVEN = Rarity()
