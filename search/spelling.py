"""Words that nobody writes, and what they may have been meant for: one edit away. Pure."""

import string
from collections.abc import Iterator
from functools import lru_cache

from search.keystrokes import is_syllable

# Shorter words are too near to one another: "la" is one edit from forty syllables.
SHORTEST = 3
LONGEST = 20


def may_be_misspelt(word: str) -> bool:
    """Codes and numbers are never corrected, short words only where they are no syllable ("kt hôn")."""
    is_long_enough = len(word) >= SHORTEST or (len(word) == SHORTEST - 1 and not is_syllable(word))
    return is_long_enough and len(word) <= LONGEST and word.isascii() and word.isalpha()


@lru_cache(maxsize=2048)
def one_edit_away(word: str, locale: str = "vi") -> tuple[str, ...]:
    """The words that one letter more, less, other, or two swapped would make; in Vietnamese only syllables."""
    found = dict.fromkeys(_edits(word))
    return tuple(other for other in found if other != word and (locale != "vi" or is_syllable(other)))


def _edits(word: str) -> Iterator[str]:
    for at in range(len(word) + 1):
        head, tail = word[:at], word[at:]
        if tail:
            yield head + tail[1:]
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        for letter in string.ascii_lowercase:
            yield head + letter + tail
            if tail:
                yield head + letter + tail[1:]
