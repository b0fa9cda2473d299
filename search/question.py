"""A question understood: what was typed, how it can be read, and which words may be misspelt."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from core.page_cache import per_version
from core.text import fold, nfc
from search.analysis import MAX_QUERY_LENGTH, Query, find_code, informative, pairs, query_terms, stem
from search.keystrokes import with_marks
from search.models import VocabularyEntry
from search.question_words import NO_COMPOUNDS, Compounds
from search.reading import Applied, Reading, Rule, Vocabulary, readings
from search.retrieval import counts as counts_of
from search.spelling import may_be_misspelt, one_edit_away
from search.titles import written_titles

# What the second of several official readings of a phrase is behind the first, in points of a score.
HANDICAP = 0.09
# How many of the likeliest corrections of one word are compared with its neighbours.
COMPARED = 24
# Known words that go with no neighbour may be misspelt as well; so many of them are looked at …
GUESSES = 3
# … and taken for another that goes with a neighbour in a title, or in ten texts. A guess is behind what was typed.
LEAST_FIT = 10
ENOUGH = 100
GUESS_HANDICAP = 0.03
# Readings of either where there is a guess.
KEPT_BESIDE_GUESS = 3

_WORD = re.compile(r"[^\W_]+")
# A number with what is joined to it, none of which is misspelt: 15/2020/NĐ-CP.
_NUMBERED = re.compile(r"\S*[0-9]\S*")


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

    def read_as(self, reading: Query) -> tuple[Applied, ...]:
        """The citizens' words that this reading takes for official ones."""
        return next((words for one, words in zip(self.readings, self.applied, strict=True) if one is reading), ())

    @property
    def tokens(self) -> tuple[str, ...]:
        """What all readings ask for, syllables and pairs, each once."""
        return tuple(dict.fromkeys(term for one in self.readings for term in (*one.informative, *one.pairs)))

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
    original = nfc(text)[:MAX_QUERY_LENGTH]
    composed = _composed(original, locale_id) if locale == "vi" else original
    correction = _corrected(composed, locale_id, locale)
    corrected = correction.replaced
    found = _readings(corrected or composed, correction.guess, locale)
    texts = list(dict.fromkeys([composed, *filter(None, [corrected, *(one.text for one in found)])]))
    applied = {one.text: one.applied for one in found}
    handicaps = {one.text: HANDICAP * one.rank for one in found}
    words = _compounds(locale_id) if locale == "vi" else NO_COMPOUNDS
    queries = tuple(replace(query_terms(one, locale, words), handicap=handicaps.get(one, 0.0)) for one in texts)
    return Question(
        original=original,
        text=composed,
        readings=queries,
        applied=tuple(applied.get(one, ()) for one in texts),
        corrected=corrected,
        code=find_code(original),
        locale=locale,
    )


def _readings(text: str, guess: str, locale: str) -> list[Reading]:
    """The readings of the text, then of what it may have been meant for."""
    words = vocabulary() if locale == "vi" else Vocabulary()
    found = readings(text, words)
    if not guess:
        return found
    guessed = (replace(one, rank=one.rank + GUESS_HANDICAP / HANDICAP) for one in readings(guess, words))
    return [*found[:KEPT_BESIDE_GUESS], *list(guessed)[:KEPT_BESIDE_GUESS]]


@per_version
def vocabulary() -> Vocabulary:
    """The citizens' words in use, in force from the moment they are saved."""
    rows = VocabularyEntry.objects.filter(is_active=True).values_list("phrase", "readings")
    return Vocabulary.of(Rule.of(phrase, _lines(official)) for phrase, official in rows)


@per_version
def _compounds(locale_id: int) -> Compounds:
    """Words of titles and of citizens that look as if they asked something."""
    rules = (rule for rules in vocabulary().rules.values() for rule in rules)
    phrases = (list(zip(rule.words, rule.accented, strict=True)) for rule in rules)
    return Compounds(written_titles(locale_id), phrases)


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
    counts = _counts(words, locale_id)
    return frozenset(word for word, count in counts.items() if count)


def _counts(terms: Iterable[str], locale_id: int) -> dict[str, int]:
    """How often titles and texts have these tokens; a title counts for more."""
    listed = list(dict.fromkeys(terms))
    found = zip(listed, counts_of(listed, locale_id), strict=True)
    return {term: 10 * titles + texts for term, (titles, texts) in found}


@dataclass(frozen=True, slots=True)
class _Correction:
    """`replaced`: the text without words that no entry has. `guess`: nor words that go with no neighbour."""

    replaced: str = ""
    guess: str = ""


def _corrected(text: str, locale_id: int, locale: str) -> _Correction:
    words = list(_WORD.finditer(text))
    folded = [fold(found[0]) for found in words]
    known = vocabulary().words if locale == "vi" else frozenset()
    outside = _NUMBERED.sub(lambda found: " " * len(found[0]), text)
    may_be = [
        at
        for at, word in enumerate(folded)
        if may_be_misspelt(word) and word not in known and outside[words[at].start()] != " "
    ]
    if not may_be:
        return _Correction()
    terms = [_term(word, locale) for word in folded]
    counts = _counts([*terms, *pairs(terms)], locale_id)
    unknown = {at: _meant(folded, at, locale_id, locale) for at in may_be if not counts[terms[at]]}
    topic = informative(terms, locale, [word[0].lower() for word in words])
    lonely = [
        at
        for at in may_be
        if counts[terms[at]] and terms[at] in topic and not any(counts[pair] for pair in _around(terms, at))
    ]
    guessed = {at: _meant(folded, at, locale_id, locale, in_pair=True) for at in lonely[:GUESSES]}
    return _Correction(
        _with(text, words, unknown), _with(text, words, unknown | guessed) if any(guessed.values()) else ""
    )


def _with(text: str, words: Sequence[re.Match[str]], better: Mapping[int, str]) -> str:
    """The text with these words in place of others; "" where nothing changes."""
    parts, at = [], 0
    for position, found in enumerate(words):
        parts += [text[at : found.start()], better.get(position) or found[0]]
        at = found.end()
    return "".join([*parts, text[at:]]) if any(better.values()) else ""


def _term(word: str, locale: str) -> str:
    """A folded word as entries have it."""
    return stem(word) if locale == "en" else word


def _around(terms: Sequence[str], at: int, term: str = "") -> list[str]:
    """The pairs that a word, or another in its place, makes with its neighbours."""
    return pairs([*terms[max(0, at - 1) : at], term or terms[at], *terms[at + 1 : at + 2]])


def _meant(words: Sequence[str], at: int, locale_id: int, locale: str, in_pair: bool = False) -> str:
    """The known word one edit away that goes best with its neighbours, then the commonest.

    `in_pair`: only one that does go with a neighbour.
    """
    edits = {word: _term(word, locale) for word in one_edit_away(words[at], locale)}
    by_term = _counts(edits.values(), locale_id)
    counts = {word: by_term[term] for word, term in edits.items()}
    likely = sorted((word for word in edits if counts[word]), key=lambda word: (-counts[word], word))[:COMPARED]
    terms = [_term(word, locale) for word in words]
    around = {word: _around(terms, at, edits[word]) for word in likely}
    in_pairs = _counts((pair for found in around.values() for pair in found), locale_id)
    fits = {word: sum(min(in_pairs[pair], ENOUGH) for pair in around[word]) for word in likely}
    if in_pair:
        likely = [word for word in likely if fits[word] >= LEAST_FIT]
    return max(likely, key=lambda word: (fits[word], counts[word]), default="")
