"""Text and questions as tokens, made once for every search engine.

Engines receive finished tokens, letters and digits joined by `_` at most, and only store and match them. Vietnamese is
written in syllables, most words are two of them: so every pair of neighbours is a token of its own (`khai_sinh`), which
serves better than a word segmenter and does not depend on marks being typed. Only English words are stemmed.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain, pairwise
from typing import NamedTuple

from core.text import fold, fold_with_map, nfc
from search.question_words import NO_COMPOUNDS, Compounds, topic

MAX_QUERY_LENGTH = 255
MAX_QUERY_TERMS = 40

#: characters of what is remembered with its tokens; a syllable has seven at most
LONGEST_KEPT = 40
MOST_KEPT = 32_768

# A procedure's code (mã TTHC), alone or before its agency's suffix: 1.001193, 1.001193.000.00.00.H26.
_CODE = r"[1-9]\.[0-9]{6}(?![0-9])"
_WORD = re.compile(rf"(?<![0-9.]){_CODE}|[^\W_]{{1,40}}")
_PLAIN_WORD = re.compile(r"[^\W_]{1,40}")
_CODE_ANYWHERE = re.compile(_CODE)
_TYPED_CODE = re.compile(r"(?<![0-9.,a-z/-])([1-9])[. ]?([0-9]{6})(?![0-9a-z])")
# Codes from before the national numbering live on as aliases: T-HCM-BS152.
_LOCAL_CODE = re.compile(r"(?<![0-9a-z/-])[a-z]{1,2}-[a-z]{2,4}-[0-9a-z]{1,12}(?:-[a-z]{2})?(?![0-9a-z/-])")

# What an English question has besides its topic, as single words; for Vietnamese see question_words.py.
_UNINFORMATIVE_EN = (
    "a an and are at can do does for from get have how i in is it long me much my need of on or procedure service "
    "should the to want what when where which who with you your"
)

_VOWEL = re.compile("[aeiouy]")


def stem(word: str) -> str:
    """An English word without plural, -ing and -ed: light, so that it never joins what readers tell apart."""
    if len(word) <= 3 or not word.isascii() or not word.isalpha():
        return word
    if word.endswith(("ies", "ied")):
        return word[:-3] + "y"
    if word.endswith(("sses", "ches", "shes", "xes", "zes")):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed"):
        root = word.removesuffix(ending)
        if root != word and len(root) >= 3 and _VOWEL.search(root) and not word.endswith("eed"):
            is_doubled = root[-1] == root[-2] and root[-1] not in "aeioulsz"
            return root[:-1] if is_doubled else root.removesuffix("e")
    return word.removesuffix("e") if len(word) > 4 else word


UNINFORMATIVE_EN = frozenset(map(stem, _UNINFORMATIVE_EN.split()))


def _word_tokens(word: str, locale: str) -> list[str]:
    if "." in word:
        digit, number = word.split(".")
        return [digit + number, number]
    return [stem(word) if locale == "en" else word]


class Read(NamedTuple):
    """A text in three forms: folded, its tokens, and its words with their marks, in lower case."""

    folded: str
    tokens: Sequence[str]
    words: Sequence[str]

    @property
    def written(self) -> Sequence[str]:
        """A word for each token; the tokens themselves where the words do not match them."""
        return self.words if len(self.words) == len(self.tokens) else self.tokens


def tokens(text: str, locale: str = "vi") -> list[str]:
    """Folded syllables or words in their order; a procedure's code whole, without its dot, and as its six digits.

    References of documents are the caller's to keep, in the normal form of their kind.
    """
    known = _known_en if locale == "en" else _known
    return list(chain.from_iterable(map(known.__getitem__, text.split())))


def read(text: str, locale: str = "vi") -> Read:
    chunks = _chunks(text, locale)
    return Read(
        " ".join([folded for folded, _tokens, _words in chunks if folded]),
        [token for _folded, found, _words in chunks for token in found],
        [word for _folded, _tokens, words in chunks for word in words],
    )


def _chunks(text: str, locale: str) -> list[Read]:
    """What stands between white space: nothing that is folded or found reaches over it."""
    is_english = locale == "en"
    return [(_kept if len(chunk) <= LONGEST_KEPT else _read)(chunk, is_english) for chunk in text.split()]


def _read(chunk: str, is_english: bool) -> Read:
    folded, words = fold(chunk), tuple(_PLAIN_WORD.findall(nfc(chunk).lower()))
    if not is_english and not _CODE_ANYWHERE.search(folded):
        return Read(folded, tuple(_PLAIN_WORD.findall(folded)), words)
    locale = "en" if is_english else "vi"
    found = [token for word in _WORD.findall(folded) for token in _word_tokens(word, locale)]
    return Read(folded, tuple(found), words)


#: texts are made of the same few thousand syllables, so nearly all of them are folded once
_kept = lru_cache(maxsize=MOST_KEPT)(_read)


class _Known(dict[str, Sequence[str]]):
    """Tokens of what stands between white space, filled as it is met: a rebuild asks for 25 million."""

    def __init__(self, is_english: bool) -> None:
        super().__init__()
        self._is_english = is_english

    def __missing__(self, chunk: str) -> Sequence[str]:
        found = _read(chunk, self._is_english).tokens
        if len(chunk) <= LONGEST_KEPT:
            if len(self) >= MOST_KEPT:
                self.clear()
            self[chunk] = found
        return found


_known, _known_en = _Known(is_english=False), _Known(is_english=True)


def pairs(syllables: Iterable[str]) -> list[str]:
    """Neighbours joined by `_`, each a token."""
    return [f"{one}_{other}" for one, other in pairwise(syllables)]


def find_code(text: str) -> str | None:
    """The procedure's code in a question, in its normal form, however it was typed; None where there is none.

    `1.001193`, `1001193`, `1 001193`, with words before it or an agency's suffix after it; old local codes in capitals.
    """
    folded = fold(text[:MAX_QUERY_LENGTH])
    if match := _TYPED_CODE.search(folded):
        return f"{match[1]}.{match[2]}"
    local = _LOCAL_CODE.search(folded)
    return local[0].upper() if local and any(char.isdigit() for char in local[0]) else None


@dataclass(frozen=True)
class Query:
    """A reader's question, analysed. Syllables and pairs are in the question's order, each once.

    `informative` are the syllables that say what is looked for, or all of them where none does. `accented` are the
    words typed with marks, composed and in lower case.
    """

    original: str
    folded: str
    syllables: tuple[str, ...]
    pairs: tuple[str, ...]
    informative: tuple[str, ...]
    accented: frozenset[str] = field(default_factory=frozenset)
    locale: str = "vi"
    #: how much less likely this reading of a question is than the likeliest; taken off the score of its hits
    handicap: float = 0.0

    @property
    def is_empty(self) -> bool:
        return not self.syllables


def query_terms(text: str, locale: str = "vi", compounds: Compounds = NO_COMPOUNDS) -> Query:
    """The question as tokens: any text is taken, its first 255 characters and 40 terms are read.

    `compounds`: words of the titles that look as if they asked something.
    """
    original = text[:MAX_QUERY_LENGTH]
    text_read = read(original, locale)
    syllables = list(text_read.tokens[:MAX_QUERY_TERMS])
    found = informative(syllables, locale, text_read.written[:MAX_QUERY_TERMS], compounds)
    unique = tuple(dict.fromkeys(syllables))
    return Query(
        original=original,
        folded=text_read.folded,
        syllables=unique,
        pairs=tuple(dict.fromkeys(pairs(syllables))),
        informative=tuple(dict.fromkeys(found)) or unique,
        accented=frozenset(word for word in text_read.words if not word.isascii()),
        locale=locale,
    )


def informative(
    syllables: Sequence[str], locale: str, written: Sequence[str], compounds: Compounds = NO_COMPOUNDS
) -> list[str]:
    """The syllables that say what is looked for; `written`: the same with marks."""
    if locale == "en":
        return [word for word in syllables if word not in UNINFORMATIVE_EN]
    return topic(syllables, written, compounds)


class Segment(NamedTuple):
    """A piece of an extract, in the words of the original; `marked` where the question found it."""

    text: str
    marked: bool = False


#: where a word of the original starts and ends, and the term that it is, if any; a bare tuple, being made of every word
_Word = tuple[int, int, str]


# An extract is looked for in the first characters of a text only: it is cut for every hit of every result page.
_EXTRACT_SCOPE = 4000


def extract(original: str, terms: Collection[str], width: int = 240, locale: str = "vi") -> list[Segment]:
    """About `width` characters of the original with most of the terms, as segments to be escaped by the caller.

    The terms are folded tokens, so `dang ky` marks "Đăng ký". Starts with the text where no term is found.
    """
    text = original[:_EXTRACT_SCOPE]
    words = _words(text, frozenset(terms), locale)
    if not words:
        return []
    start, end = _window(words, width)
    if end == words[-1][1]:
        end = len(text.rstrip())
    is_beginning = start == words[0][0]
    if is_beginning:
        start = len(text) - len(text.lstrip())
    hits = [(first, last) for first, last, found in words if found and start <= first and last <= end]
    segments = list(_segments(text, start, end, hits))
    if not is_beginning:
        segments.insert(0, Segment("… "))
    if end < len(original.rstrip()):
        segments.append(Segment(" …"))
    return segments


def _words(text: str, terms: frozenset[str], locale: str) -> list[_Word]:
    """The words of the original with the term that each is, if any."""
    folded, starts = fold_with_map(text)
    return [
        (starts[match.start()], starts[match.end()], _term_of(match[0], terms, locale))
        for match in _WORD.finditer(folded)
    ]


def _term_of(word: str, terms: frozenset[str], locale: str) -> str:
    """The term that a folded word is; empty where it is none."""
    if locale != "en" and "." not in word:  # nearly always, and every word of a page of hits is asked about
        return word if word in terms else ""
    return next((token for token in _word_tokens(word, locale) if token in terms), "")


def _window(words: list[_Word], width: int) -> tuple[int, int]:
    """Where to cut: whole words, round the hits with the most different terms, then the most hits, then the first."""
    hits = [word for word in words if word[2]]
    best: list[_Word] = []
    most, after = (0, 0), 0
    for at, (first, _last, _found) in enumerate(hits):
        while after < len(hits) and hits[after][1] <= first + width:
            after += 1
        near = hits[at:after]
        if (score := (len({found for _start, _end, found in near}), len(near))) > most:
            best, most = near, score
    begin = words[0][0]
    if best and best[-1][1] - begin > width:
        begin = best[0][0] - (width - (best[-1][1] - best[0][0])) // 2
    start = next(first for first, _last, _found in words if first >= begin)
    return start, max((last for _first, last, _found in words if start < last <= start + width), default=words[0][1])


def _segments(text: str, start: int, end: int, hits: list[tuple[int, int]]) -> Iterator[Segment]:
    """The cut text in pieces; terms with nothing but blanks between them are marked as one."""
    at = start
    while hits:
        first, last = hits.pop(0)
        while hits and text[last : hits[0][0]].isspace():
            last = hits.pop(0)[1]
        if at < first:
            yield Segment(text[at:first])
        yield Segment(text[first:last], marked=True)
        at = last
    if at < end:
        yield Segment(text[at:end])
