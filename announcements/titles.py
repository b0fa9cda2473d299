"""Title and address of a document, made from its abstract (trích yếu) and its number. Pure."""

import re
from datetime import date

from core.text import nfc, slugify

LONGEST = 255
#: a shorter head than this says too little; then the title is cut between words
SHORTEST = 80
_OPENING = re.compile(r"\A(?:v/v|về việc)\s*:?\s+", re.IGNORECASE)
_BOUNDARY = re.compile(r"[.;:,](?=\s)|\s(?=[(–-])")


def short_title(abstract: str, longest: int = LONGEST) -> str:
    """The abstract as a title: without "V/v", in one line, at most `longest` characters.

    One that is longer ends where its last sentence or clause that fits ends, else after a whole word.
    """
    text = _OPENING.sub("", " ".join(nfc(abstract).split())).rstrip(".;,: ")
    text = text[:1].upper() + text[1:]
    if len(text) <= longest:
        return text
    head = text[: longest + 1]
    ends = [match.start() for match in _BOUNDARY.finditer(head) if match.start() >= min(SHORTEST, longest // 2)]
    if ends:
        return head[: ends[-1]].rstrip(".;,: ")
    words, blank, _rest = head.rpartition(" ")
    return words.rstrip(".;,: ") if blank else head[:longest]


def made_slug(reference: str, issued_on: date | None, title: str) -> str:
    """Number and year of issue, such as 45-kh-ubnd-2019: what people call the document by."""
    year = str(issued_on.year) if issued_on and f"/{issued_on.year}/" not in reference else ""
    return slugify(f"{reference} {year}", max_length=80) or slugify(title, max_length=80) or "van-ban"
