"""What of a question asks rather than names: words and phrases that say nothing about the topic. Pure.

Without marks they look like others: "hỏi" like "hội", "tại" like "tài". A word typed with marks is one of these only
with the very same marks; of one typed without, the titles tell whether it makes a word with its neighbour.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from core.text import fold

# What a question is made of besides its topic, by the reason why it says nothing about what is looked for.
UNINFORMATIVE = {
    "every procedure is one": "thủ tục, thủ tục hành chính, dịch vụ công, quy trình, tthc",
    "asks for papers, which every procedure lists": (
        "cần giấy tờ gì, cần những giấy tờ gì, cần giấy tờ nào, giấy tờ gì, những giấy tờ, cần những gì, hồ sơ gồm, "
        "hồ sơ gồm những gì, hồ sơ cần, hồ sơ, chuẩn bị, thành phần hồ sơ, gồm, bao gồm, gì, những gì"
    ),
    "asks for the place": "ở đâu, tại đâu, nộp ở đâu, đâu, nơi nào, cơ quan nào, ở, tại",
    "asks for the time": "bao lâu, mất bao lâu, trong bao lâu, khi nào, bao giờ, mấy ngày, thời hạn, thời gian",
    "asks for the price": "bao nhiêu, bao nhiêu tiền, mất bao nhiêu tiền, lệ phí, chi phí, mất phí, mất tiền",
    "asks for the way": "làm thế nào, thế nào, như thế nào, làm sao, cách, ra sao, phải làm gì, cần làm gì, hướng dẫn",
    "politeness and the asker": (
        "cho tôi hỏi, cho hỏi, xin hỏi, tôi muốn, tôi muốn hỏi, em muốn, mình muốn, tôi, em, mình, chúng tôi, xin, ạ, "
        "vui lòng, giúp, giúp tôi, muốn, hỏi, tìm"
    ),
    "grammar": (
        "là, là gì, thì, và, với, hay, hoặc, của, cho, để, được, được không, có được không, có, không, có cần, "
        "có phải, phải không, bị, cần, phải, làm, khi, nếu, thì sao, các, những, này, đó, nào, về, sẽ"
    ),
}
# What titles have as well, where nobody asks: only a word that goes so often with the same neighbour, and of which that
# is such a share, is part of a compound there. Of the others every pair in a title is one.
PLAIN_WORDS = frozenset(fold(UNINFORMATIVE["grammar"] + ", ở, tại, gồm").split(", "))
OFTEN, MOSTLY = 3, 0.2


#: of each word the syllable, folded, and as it is written, in lower case
Words = Sequence[tuple[str, str]]


class _Phrase:
    """An uninformative phrase: its words with marks, and folded."""

    __slots__ = ("folded", "words")

    def __init__(self, text: str) -> None:
        self.words = tuple(text.split())
        self.folded = tuple(map(fold, self.words))


# By their first syllable, the longest first.
_PHRASES: dict[str, list[_Phrase]] = {}
for _one in sorted(map(_Phrase, ", ".join(UNINFORMATIVE.values()).split(", ")), key=lambda one: -len(one.words)):
    _PHRASES.setdefault(_one.folded[0], []).append(_one)
# The phrases of one syllable, as they are written.
_SINGLE = {one.folded[0]: one.words[0] for phrases in _PHRASES.values() for one in phrases if len(one.words) == 1}


class Compounds:
    """Pairs of neighbours in titles that are a word although one of them looks like an uninformative one.

    `other`: with other marks in the titles, mostly: "xã hội", where "hỏi" asks. `fixed`: with the same marks, such as
    "cải cách", where "cách" asks.
    """

    def __init__(self, titles: Iterable[Words] = (), phrases: Iterable[Words] = ()) -> None:
        """`phrases`: citizens' words, which ask as well, so only other marks tell: "sổ đỏ"."""
        singles: Counter[str] = Counter()
        same: Counter[str] = Counter()
        different: Counter[str] = Counter()
        for title in titles:
            for one, other in pairwise(title):
                for syllable, written in (one, other):
                    if syllable in _SINGLE:
                        (same if written == _SINGLE[syllable] else different)[f"{one[0]}_{other[0]}"] += 1
            singles.update(syllable for syllable, written in title if written == _SINGLE.get(syllable))
        for one, other in (pair for phrase in phrases for pair in pairwise(phrase)):
            if any(syllable in _SINGLE and written != _SINGLE[syllable] for syllable, written in (one, other)):
                different[f"{one[0]}_{other[0]}"] += 1
        self.other = frozenset(pair for pair, count in different.items() if count > same[pair])
        self.fixed = frozenset(
            pair
            for pair, count in same.items()
            for half in pair.split("_")
            if half in singles and (half not in PLAIN_WORDS or count >= max(OFTEN, MOSTLY * singles[half]))
        )


NO_COMPOUNDS = Compounds()


def topic(syllables: Sequence[str], written: Sequence[str], compounds: Compounds = NO_COMPOUNDS) -> list[str]:
    """The syllables outside the longest uninformative phrases, read from the left.

    `written`: the same words with the marks with which they were typed, in lower case.
    """
    kept: list[str] = []
    at, with_marks = 0, not all(map(str.isascii, written))
    while at < len(syllables):
        begun = _PHRASES.get(syllables[at])
        if begun is None:
            kept.append(syllables[at])
            at += 1
            continue
        size = next((len(one.words) for one in begun if _is_there(one, syllables, written, at)), 0)
        if size == 1 and _in_compound(syllables, at, written[at], with_marks, compounds):
            size = 0
        if not size:
            kept.append(syllables[at])
        at += size or 1
    return kept


def _is_there(phrase: _Phrase, syllables: Sequence[str], written: Sequence[str], at: int) -> bool:
    end = at + len(phrase.words)
    return tuple(syllables[at:end]) == phrase.folded and all(
        word.isascii() or word == wanted for word, wanted in zip(written[at:end], phrase.words, strict=True)
    )


def _in_compound(syllables: Sequence[str], at: int, written: str, with_marks: bool, compounds: Compounds) -> bool:
    """Whether the word is part of a compound with a neighbour."""
    around = [f"{one}_{other}" for one, other in pairwise(syllables[max(0, at - 1) : at + 2])]
    is_sure_of_marks = not written.isascii() or (with_marks and _SINGLE[syllables[at]].isascii())
    known = (compounds.fixed,) if is_sure_of_marks else (compounds.fixed, compounds.other)
    return any(pair in pairs for pair in around for pairs in known)
