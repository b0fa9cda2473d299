"""Titles and popular names, analysed for the ranker once, when an entry is written."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from search.analysis import informative, read, tokens

# Where a title begins to tell in which case, or for whom.
_MAIN_ENDS = re.compile(r"[;,:(]| trong truong hop | trong cac truong hop | doi voi | co yeu to nuoc ngoai")


class Phrase(NamedTuple):
    """A title or a popular name, analysed: words with a blank before and after each, to be looked for as they are.

    A syllable stands in it as " sinh ", two neighbours as " khai sinh ".
    """

    #: all syllables in their order
    folded: str
    #: those that say what it is about, each once
    informative: str
    #: of these what stands before the cases and exceptions
    main: str
    #: words with marks, in lower case
    accented: str


def phrase(text: str, locale: str) -> Phrase:
    found = read(text, locale)
    folded, syllables, words = found
    topic = dict.fromkeys(informative(syllables, locale, found.written) or syllables)
    end = _MAIN_ENDS.search(folded)
    main = [token for token in dict.fromkeys(tokens(folded[: end.start()], locale)) if token in topic] if end else ()
    accented = (word for word in words if not word.isascii())
    return Phrase(*map(_blanked, (syllables, topic, main if len(main) > 1 else topic, dict.fromkeys(accented))))


def _blanked(words: Iterable[str]) -> str:
    return f" {' '.join(words)} "


def names(title: str, keywords: str, locale: str) -> list[Phrase]:
    """The title, then the popular names, which stand one a line."""
    return [phrase(name, locale) for name in (title, *filter(str.strip, keywords.splitlines()))]
