"""Titles and popular names, analysed for the ranker."""

import re
from dataclasses import dataclass
from functools import lru_cache

from search.analysis import informative, pairs, read, tokens

_MAIN_ENDS = re.compile(r"[;,:(]| trong truong hop | trong cac truong hop | doi voi ")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A title or a popular name, analysed."""

    folded: str
    syllables: frozenset[str]
    pairs: frozenset[str]
    informative: frozenset[str]
    main: frozenset[str]
    accented: frozenset[str]


@lru_cache(maxsize=8192)
def phrase(text: str, locale: str) -> Phrase:
    """Of a title that many questions find, remembered. `main`: what stands before the cases and exceptions."""
    found = read(text, locale)
    folded, syllables, words = found
    topic = informative(syllables, locale, found.written) or syllables
    end = _MAIN_ENDS.search(folded)
    main = set(tokens(folded[: end.start()], locale)).intersection(topic) if end else topic
    return Phrase(
        folded=f" {' '.join(syllables)} ",
        syllables=frozenset(syllables),
        pairs=frozenset(pairs(syllables)),
        informative=frozenset(topic),
        main=frozenset(main if len(main) > 1 else topic),
        accented=frozenset(word for word in words if not word.isascii()),
    )
