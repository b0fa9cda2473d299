"""Vietnamese text in one form: composition, folding, slugs.

Readers type with marks or without, composed (NFC) or decomposed (NFD), in capitals or not.
Everything that compares text compares the *folded* form made here, so that the ends agree.

Unicode has no decomposition for `đ`, so removing marks alone misses it; it is mapped by hand,
together with the two look-alikes (eth, African d) that old fonts and converters left in documents.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from itertools import dropwhile, pairwise

# What old code pages wrote where đ and Đ were meant: eth (U+00D0, U+00F0), African d (U+0189, U+0256).
_D_BAR = frozenset("\u0110\u0111\u00d0\u00f0\u0189\u0256")
# Cc control, Cf invisible format (soft hyphen, joiners, byte order mark), Cs lone surrogate:
# none can be read, and databases refuse some of them.
_UNREADABLE = frozenset({"Cc", "Cf", "Cs"})
# Where marks may be left after composition: a letter without a composed form had them. They go after
# anything that is now ASCII, and stay on other scripts, whose letters they tell apart.
_SIGNS = re.compile(r"[^\w\x00-\x7f]+")
# Hangul vowels and finals compose with what stands before them although they are no marks.
_JOINING_JAMO = range(0x1160, 0x1200)
_NOT_BLANK = re.compile(r"[^ ]+")
_NOT_SLUG = re.compile(r"[^a-z0-9]+")


def nfc(text: str) -> str:
    """The text with every letter composed (Unicode NFC), otherwise unchanged."""
    return unicodedata.normalize("NFC", text)


class _CharTable(dict[int, str]):
    """A table for `str.translate` that is filled as characters are met."""

    def __init__(self, rule: Callable[[str], str]) -> None:
        super().__init__()
        self._rule = rule

    def __missing__(self, code: int) -> str:
        self[code] = self._rule(chr(code))
        return self[code]


def _folded(char: str) -> str:
    """One composed character: in lower case and, where its base is Latin, without marks; a blank for white space."""
    if char.isspace():
        return " "
    if unicodedata.category(char) in _UNREADABLE:
        return ""
    if char in _D_BAR:
        return "d"
    base = unicodedata.normalize("NFD", char)[0]
    return base.lower() if base.isascii() and base.isalpha() else char.lower()


_FOLDED = _CharTable(_folded)


def _without_stray_marks(signs: re.Match[str]) -> str:
    before = signs.start() - 1
    if before >= 0 and not signs.string[before].isascii():
        return signs[0]
    return "".join(dropwhile(lambda char: unicodedata.category(char)[0] == "M", signs[0]))


def _letters(text: str) -> str:
    """Fold, white space not yet collapsed."""
    if text.isascii() and text.isprintable():
        return text.lower()
    return nfc(_SIGNS.sub(_without_stray_marks, nfc(text).translate(_FOLDED)))


def fold(text: str) -> str:
    """The form in which text is compared: composed, lower case, without marks, `đ` as `d`.

    White space runs become one blank, ends are stripped, control and invisible characters and lone
    surrogates go. Other scripts keep their marks. Folding twice changes nothing.
    """
    return " ".join(_letters(text).split())


def _starts_cluster(char: str) -> bool:
    """Whether folding can treat what follows from here apart from what stands before."""
    if char.isascii():
        return char.isprintable() or char.isspace()
    category = unicodedata.category(char)
    if category in _UNREADABLE:
        return char.isspace()
    return category[0] != "M" and ord(char) not in _JOINING_JAMO


def _letters_with_map(text: str) -> tuple[str, Sequence[int], Sequence[int]]:
    """Folded letters, and for each where in the text it starts and ends."""
    letters = _letters(text)
    if len(letters) == len(text) and unicodedata.is_normalized("NFC", text):
        return letters, range(len(text)), range(1, len(text) + 1)
    bounds = [at for at, char in enumerate(text) if at == 0 or _starts_cluster(char)]
    clusters = [
        (char, start, stop) for start, stop in pairwise([*bounds, len(text)]) for char in _letters(text[start:stop])
    ]
    return "".join(char for char, _, _ in clusters), [at for _, at, _ in clusters], [at for _, _, at in clusters]


def fold_with_map(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its characters the index in `text` where it starts.

    The list has one entry more than the folded text, the index after the last character kept, so that the original of
    `folded[a:b]` is `text[starts[a]:starts[b]]`. A blank starts where the word before it ends.
    """
    letters, begins, ends = _letters_with_map(text)
    starts: list[int] = []
    end = 0
    for word in _NOT_BLANK.finditer(letters):
        if starts:
            starts.append(end)
        starts += begins[word.start() : word.end()]
        end = ends[word.end() - 1]
    return " ".join(letters.split()), [*starts, end]


def slugify(text: str, max_length: int = 120) -> str:
    """ASCII words joined by hyphens, for an address; cut between words where one fits.

    Empty where the text has no Latin letter and no digit: the caller then needs another name.
    """
    slug = _NOT_SLUG.sub("-", fold(text)).strip("-")
    if len(slug) <= max_length:
        return slug
    whole_words, hyphen, _ = slug[: max_length + 1].rpartition("-")
    return whole_words if hyphen else slug[:max_length]


def same(one: str, other: str) -> bool:
    """Whether two texts differ in nothing but case, marks, composition and white space."""
    return fold(one) == fold(other)
