"""How good the answers are: labelled questions, each in the manners in which people type, and what is measured of them.

Pure: who asks brings a function from a question to the codes found, best first.
"""

import math
import random
import re
import string
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from core.text import nfc

DEPTH = 10  # hits that count

_ABBREVIATIONS = {
    "giấy chứng nhận quyền sử dụng đất": "GCNQSDĐ",
    "giấy xác nhận tình trạng hôn nhân": "giấy XNTTHN",
    "thủ tục hành chính": "TTHC",
    "đăng ký kinh doanh": "ĐKKD",
    "ủy ban nhân dân": "UBND",
    "giấy phép xây dựng": "GPXD",
    "quyền sử dụng đất": "QSDĐ",
    "căn cước công dân": "CCCD",
    "hộ kinh doanh": "HKD",
    "bảo hiểm xã hội": "BHXH",
    "bảo hiểm y tế": "BHYT",
    "bảo trợ xã hội": "BTXH",
    "giấy chứng nhận": "GCN",
    "giấy khai sinh": "GKS",
    "giấy phép": "GP",
    "đăng ký": "đk",
    "không": "ko",
    "được": "đc",
}
_TONES = {"\u0300": "f", "\u0301": "s", "\u0303": "x", "\u0309": "r", "\u0323": "j"}
_MARKS = {"\u0302": None, "\u0306": "w", "\u031b": "w"}
_WORD = re.compile(r"[^\W\d_]+")
# The vowels of which the old school puts the tone on the first: hòa, khỏe, thủy.
_OPEN = re.compile(r"(?:(?<=[^q\W])|(?<=^))(o)([ae])$|(?<!q)(u)(y)$")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A question and the codes that answer it; none where nothing does."""

    query: str
    expected: frozenset[str]
    kind: str


def unaccented(text: str) -> str:
    plain = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(char for char in plain if not unicodedata.combining(char))


def old_placement(text: str) -> str:
    """Tones as the old school writes them: `hòa` for `hoà`."""
    return _WORD.sub(lambda found: _old_syllable(found[0]), nfc(text))


def _old_syllable(word: str) -> str:
    letters = [unicodedata.normalize("NFD", char) for char in word]
    tones = [next((mark for mark in letter if mark in _TONES), "") for letter in letters]
    bare = [letter.replace(tone, "") if tone else letter for letter, tone in zip(letters, tones, strict=True)]
    if len(word) > 1 and tones[-1] and _OPEN.search("".join(bare).lower()):
        bare[-2] += tones[-1]
        return nfc("".join(bare))
    return word


def misspelt(text: str) -> str:
    """One letter of a longer word left out, put in, changed or swapped with its neighbour; the same one every time."""
    words = [found for found in _WORD.finditer(text) if len(found[0]) >= 3]
    if not words:
        return text
    chance = random.Random(text)  # noqa: S311 - it has to be repeatable, not secret
    found = chance.choice(words)
    word, at = found[0], chance.randrange(len(found[0]) - 1)
    letter = chance.choice(string.ascii_lowercase)
    changed = chance.choice(
        (
            word[:at] + word[at + 1 :],
            word[:at] + letter + word[at:],
            word[:at] + letter + word[at + 1 :],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        )
    )
    return text[: found.start()] + changed + text[found.end() :]


def abbreviated(text: str) -> str:
    for phrase, short in _ABBREVIATIONS.items():
        text = re.sub(rf"(?i)(?<!\w){phrase}(?!\w)", short, text)
    return text


def raw_telex(text: str) -> str:
    """The keys that were meant for an input method that was off."""
    return _WORD.sub(lambda found: _keys(found[0]), nfc(text))


def _keys(word: str) -> str:
    keys, tone = "", ""
    for char in word:
        base, *marks = list(unicodedata.normalize("NFD", char))
        if base in "đĐ":
            keys += "dd"
            continue
        keys += base
        for mark in marks:
            tone = _TONES.get(mark, tone)
            keys += (_MARKS[mark] or base.lower()) if mark in _MARKS else ""
    return keys + tone


VARIANTS: dict[str, Callable[[str], str]] = {
    "typed": lambda text: text,
    "unaccented": unaccented,
    "nfd": lambda text: unicodedata.normalize("NFD", text),
    "old_placement": old_placement,
    "upper": str.upper,
    "typing_error": misspelt,
    "abbreviated": abbreviated,
    "telex": raw_telex,
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """The rank of the first right answer, from 1; 0 where it is not among the first ten. `empty`: nothing at all."""

    rank: int
    empty: bool


def outcome(found: Sequence[str], expected: Collection[str]) -> Outcome:
    ranks = (at for at, code in enumerate(found[:DEPTH], start=1) if code in expected)
    return Outcome(next(ranks, 0), not found)


def ndcg(found: Sequence[str], grades: Mapping[str, int]) -> float:
    """How near the first ten come to the best order of graded answers, from 0 to 1; a grade counts 2^grade - 1."""
    gains = {key: 2**grade - 1 for key, grade in grades.items()}
    best = _discounted(sorted(gains.values(), reverse=True))
    return _discounted([gains.get(key, 0) for key in found]) / best if best else 0.0


def _discounted(gains: Sequence[int]) -> float:
    return sum(gain / math.log2(at + 1) for at, gain in enumerate(gains[:DEPTH], start=1))


def measures(outcomes: Iterable[Outcome]) -> dict[str, float]:
    """MRR@10, success at 1 and 5, share of empty answers: shares of 1, three decimals."""
    listed = list(outcomes)
    count = len(listed) or 1

    def share(total: float) -> float:
        return round(total / count, 3)

    return {
        "mrr": share(sum(1 / one.rank for one in listed if one.rank)),
        "success1": share(sum(one.rank == 1 for one in listed)),
        "success5": share(sum(1 <= one.rank <= 5 for one in listed)),
        "empty": share(sum(one.empty for one in listed)),
    }


def evaluate(
    questions: Sequence[Labelled],
    ask: Callable[[str], Sequence[str]],
    variants: Collection[str] = tuple(VARIANTS),
    progress: Callable[[str], None] = lambda variant: None,
) -> dict[str, list[Outcome]]:
    """The outcome of each question in each manner of typing."""
    found = {}
    for name in variants:
        progress(name)
        found[name] = [outcome(ask(VARIANTS[name](one.query)), one.expected) for one in questions]
    return found


def by_kind(questions: Sequence[Labelled], outcomes: Sequence[Outcome]) -> Mapping[str, dict[str, float]]:
    kinds = dict.fromkeys(one.kind for one in questions)
    pairs = list(zip(questions, outcomes, strict=True))
    return {kind: measures(found for one, found in pairs if one.kind == kind) for kind in kinds}
