"""How a question can be read: as typed, and with citizens' words as the official ones for which they stand.

A reading is another question beside the typed one; what answers any of them best comes first. Pure: the words come
from an editable vocabulary that the caller brings.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from core.text import fold, nfc

MAX_READINGS = 5
# Words that people put into a phrase without another meaning: "mất cái bằng lái", "làm cho sổ đỏ".
FILLERS = frozenset(fold("cái chiếc tờ cho của được bị một các những thêm luôn thì là đang đã rồi người").split())
# Short abbreviations are syllables as well: in one of so few letters, capitals are asked for if it has them.
SHORT = 2

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Rule:
    """`words`: the phrase, folded; `accented`: as it is written, in lower case; readings are official words."""

    words: tuple[str, ...]
    accented: tuple[str, ...]
    readings: tuple[str, ...]
    needs_capitals: bool = False

    @classmethod
    def of(cls, phrase: str, readings: Iterable[str]) -> "Rule":
        words = _WORD.findall(nfc(phrase))
        capitals = len(words) == 1 and len(phrase) <= SHORT and phrase.isupper()
        return cls(tuple(map(fold, words)), tuple(word.lower() for word in words), tuple(readings), capitals)


@dataclass(frozen=True, slots=True)
class Applied:
    """A phrase of the question and the official words as which it was read."""

    phrase: str
    official: str


@dataclass(frozen=True, slots=True)
class Reading:
    """`rank`: how far down the list of a phrase's official words it went, 0 for the likeliest."""

    text: str
    applied: tuple[Applied, ...] = ()
    rank: float = 0


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Rules by the first syllable of their phrase, the longest first."""

    rules: dict[str, list[Rule]] = field(default_factory=dict)
    #: every syllable of a phrase, folded: no misspelling, whatever the catalogue has
    words: frozenset[str] = frozenset()

    @classmethod
    def of(cls, rules: Iterable[Rule]) -> "Vocabulary":
        by_first: dict[str, list[Rule]] = {}
        for rule in sorted(rules, key=lambda rule: (-len(rule.words), rule.words)):
            if rule.words and rule.readings:
                by_first.setdefault(rule.words[0], []).append(rule)
        return cls(by_first, frozenset(word for rules in by_first.values() for rule in rules for word in rule.words))


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    folded: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Match:
    start: int
    end: int
    rule: Rule


def readings(text: str, vocabulary: Vocabulary) -> list[Reading]:
    """The question as typed, then at most four ways of reading it, the likeliest first.

    What a phrase is read as may hold another phrase: an abbreviation in a citizen's word is read twice.
    """
    typed = Reading(nfc(text))
    found = {fold(typed.text): typed}
    for reading in _once(typed, vocabulary):
        again = next(_once(reading, vocabulary), reading)
        for one in (again, reading):
            found.setdefault(fold(one.text), one)
    return list(found.values())[:MAX_READINGS]


def _once(reading: Reading, vocabulary: Vocabulary) -> Iterator[Reading]:
    # Official words may hold the phrase itself: "tạm vắng" is "khai báo tạm vắng", once.
    officials = {one.official for one in reading.applied}
    matches = [match for match in _matches(reading.text, vocabulary) if officials.isdisjoint(match.rule.readings)]
    if not matches:
        return
    first = [match.rule.readings[0] for match in matches]
    yield _replaced(reading, matches, first)
    for at, match in enumerate(matches):
        for rank, other in enumerate(match.rule.readings[1:], start=1):
            yield _replaced(reading, matches, [*first[:at], other, *first[at + 1 :]], rank)
    if len(matches) > 1:
        for match in sorted(matches, key=lambda match: -len(match.rule.words)):
            yield _replaced(reading, [match], [match.rule.readings[0]])


def _replaced(reading: Reading, matches: Sequence[_Match], officials: Sequence[str], rank: float = 0) -> Reading:
    parts, at = [], 0
    applied = list(reading.applied)
    for match, official in zip(matches, officials, strict=True):
        parts += [reading.text[at : match.start], official]
        applied.append(Applied(reading.text[match.start : match.end], official))
        at = match.end
    return Reading("".join([*parts, reading.text[at:]]), tuple(applied), reading.rank + rank)


def _matches(text: str, vocabulary: Vocabulary) -> Iterator[_Match]:
    """Phrases in the text, from the left, the longest first, none within another."""
    words = [_Word(found[0], fold(found[0]), found.start(), found.end()) for found in _WORD.finditer(text)]
    at = 0
    while at < len(words):
        after, rule = _longest(words, at, vocabulary)
        if rule:
            yield _Match(words[at].start, words[after - 1].end, rule)
        at = max(after, at + 1)


def _longest(words: Sequence[_Word], at: int, vocabulary: Vocabulary) -> tuple[int, Rule | None]:
    for rule in vocabulary.rules.get(words[at].folded, ()):
        if after := _end(words, at, rule):
            return after, rule
    return at, None


def _end(words: Sequence[_Word], at: int, rule: Rule) -> int:
    """The index after the phrase where it begins here; 0 where it does not."""
    if rule.needs_capitals and not words[at].text.isupper():
        return 0
    for wanted, accented in zip(rule.words, rule.accented, strict=True):
        if at < len(words) and words[at].folded != wanted and wanted != rule.words[0] and words[at].folded in FILLERS:
            at += 1
        if at >= len(words) or words[at].folded != wanted or not _same_marks(words[at].text, accented):
            return 0
        at += 1
    return at


def _same_marks(typed: str, accented: str) -> bool:
    """Whether a word typed with marks has those of the phrase: "bán" is no "bạn". One without marks may be either."""
    typed = typed.lower()
    return typed == accented or typed.isascii() or accented.isascii() or _bare_tone(typed) == _bare_tone(accented)


def _bare_tone(word: str) -> str:
    """Old and new placement of the tone alike: the letters' marks and the tone, apart from where it stands."""
    return "".join(sorted(unicodedata.normalize("NFD", word)))
