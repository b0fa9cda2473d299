"""A question understood: what was typed, how it can be read, and which words may be misspelt."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from core.page_cache import per_version
from core.text import fold
from search.analysis import MAX_QUERY_LENGTH, Query, find_code, pairs, query_terms
from search.engines import engine
from search.keystrokes import with_marks
from search.models import VocabularyEntry
from search.reading import Applied, Rule, Vocabulary, readings
from search.spelling import may_be_misspelt, one_edit_away

# What the second of several official readings of a phrase is behind the first, in points of a score.
HANDICAP = 0.06
# Enough to tell which of two corrections is the commoner.
COUNTED = 2000
# How many of the likeliest corrections of one word are compared with its neighbours.
COMPARED = 12

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Question:
    """`text` is what was typed with raw keys composed; the first reading is that, others follow by likelihood.

    `applied`: which words are read as others, by reading. `corrected`: the text without misspelt words, or "".
    """

    original: str
    text: str
    readings: tuple[Query, ...]
    applied: tuple[tuple[Applied, ...], ...] = ()
    corrected: str = ""
    code: str | None = None
    locale: str = "vi"
    informative: tuple[str, ...] = field(default=())

    @property
    def typed(self) -> Query:
        return self.readings[0]

    @property
    def folded(self) -> str:
        return fold(self.text)

    @property
    def accented(self) -> frozenset[str]:
        return self.typed.accented

    @property
    def syllables(self) -> tuple[str, ...]:
        return self.typed.syllables

    @property
    def is_empty(self) -> bool:
        return not self.typed.syllables


def understand(text: str, locale_id: int, locale: str) -> Question:
    """Any text is taken; its first 255 characters are read."""
    original = text[:MAX_QUERY_LENGTH]
    composed = _composed(original, locale_id) if locale == "vi" else original
    corrected = _corrected(composed, locale_id, locale)
    found = readings(corrected or composed, vocabulary()) if locale == "vi" else []
    texts = list(dict.fromkeys([composed, *([corrected] if corrected else []), *(one.text for one in found)]))
    applied = {one.text: one.applied for one in found}
    ranks = {one.text: one.rank for one in found}
    queries = tuple(replace(query_terms(one, locale), handicap=HANDICAP * ranks.get(one, 0)) for one in texts)
    return Question(
        original=original,
        text=composed,
        readings=queries,
        applied=tuple(applied.get(one, ()) for one in texts),
        corrected=corrected,
        code=find_code(original),
        locale=locale,
        informative=tuple(dict.fromkeys(term for query in queries for term in query.informative)),
    )


@per_version
def vocabulary() -> Vocabulary:
    """The citizens' words in use, in force from the moment they are saved."""
    rows = VocabularyEntry.objects.filter(is_active=True).values_list("phrase", "readings")
    return Vocabulary.of(Rule.of(phrase, _lines(official)) for phrase, official in rows)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _composed(text: str, locale_id: int) -> str:
    """Raw keys of an input method as words, but for those that entries have as they stand ("taxi")."""
    composed = with_marks(text)
    if composed == text:
        return text
    known = _known([fold(word) for word in _WORD.findall(text)], locale_id)
    return with_marks(text, known) if known else composed


def _known(words: Sequence[str], locale_id: int) -> frozenset[str]:
    counts = _counts(tuple(dict.fromkeys(words)), locale_id)
    return frozenset(word for word, count in counts.items() if count)


@per_version
def _counts(terms: tuple[str, ...], locale_id: int) -> dict[str, int]:
    """How often titles and texts have these tokens; a title counts for more."""
    found = engine().frequencies(terms, locale_id, COUNTED)
    return {term: 10 * found.titles.get(term, 0) + found.texts.get(term, 0) for term in terms}


def _corrected(text: str, locale_id: int, locale: str) -> str:
    """The text with words that no entry has replaced by the likeliest that are one edit away; "" where none is."""
    words = [(found, fold(found[0])) for found in _WORD.finditer(text)]
    suspects = tuple(dict.fromkeys(word for _found, word in words if may_be_misspelt(word)))
    if not suspects:
        return ""
    counts = _counts(suspects, locale_id)
    rules = vocabulary().words if locale == "vi" else frozenset()
    unknown = {word for word in suspects if not counts[word] and word not in rules}
    if not unknown:
        return ""
    parts, at = [], 0
    folded = [word for _found, word in words]
    for position, (found, word) in enumerate(words):
        better = _meant(folded, position, locale_id, locale) if word in unknown else ""
        parts += [text[at : found.start()], better or found[0]]
        at = found.end()
    corrected = "".join([*parts, text[at:]])
    return corrected if fold(corrected) != fold(text) else ""


def _meant(words: Sequence[str], at: int, locale_id: int, locale: str) -> str:
    """The known word one edit away that goes best with its neighbours, then the commonest."""
    edits = one_edit_away(words[at], locale)
    counts = _counts(edits, locale_id) if edits else {}
    likely = sorted((word for word in edits if counts[word]), key=lambda word: (-counts[word], word))[:COMPARED]
    if not likely:
        return ""
    around = {word: pairs([*words[max(0, at - 1) : at], word, *words[at + 1 : at + 2]]) for word in likely}
    in_pairs = _counts(tuple(dict.fromkeys(pair for found in around.values() for pair in found)), locale_id)
    return max(likely, key=lambda word: (sum(in_pairs.get(pair, 0) for pair in around[word]), counts[word]))
