"""Names of services that say more than the question: what may have been meant by a topic alone."""

import re
from collections.abc import Iterator, Sequence

from core.text import fold
from search.analysis import tokens
from search.kinds import kind_named
from search.query import Hit
from search.question import Question

MOST = 3
LONGEST = 60  # characters: a longer name is read in the list of hits
#: hits that are looked at
FIRST = 30
#: such a name has this much of the question, or as much as the first hit but for a trifle
COVERAGE, TRIFLE = 0.9, 0.02

# What stands behind it are cases, exceptions and where the service is carried out.
_MAIN_ENDS = re.compile(r"\(| trong (?:các )?trường hợp | đối với | thực hiện tại ")


def related(question: Question, hits: Sequence[Hit]) -> list[str]:
    """At most three names, the best first; none where a code was typed, or one name alone has what was asked.

    Where citizens' words can be read as several official ones, the other readings are among the names.
    """
    if not hits or hits[0].is_exact or not hits[0].is_sure:
        return []
    names: dict[str, str] = {}
    for hit in hits[:FIRST]:
        for name in _names(question, hit, hits[0]):
            names.setdefault(fold(name), name)
    asked = {question.folded, question.typed.folded, hits[0].reading.folded}
    return [name for folded, name in names.items() if folded not in asked][:MOST] if len(names) > 1 else []


def _names(question: Question, hit: Hit, first: Hit) -> Iterator[str]:
    if not kind_named(hit.kind).leads or not hit.is_sure:
        return
    name = ""
    if hit.reading is first.reading:
        name = _main_part(hit) if _coverage(hit) >= min(COVERAGE, _coverage(first) - TRIFLE) else ""
    elif question.read_as(first.reading) and question.read_as(hit.reading) and _coverage(hit) >= COVERAGE:
        name = hit.reading.original
    if 0 < len(name) <= LONGEST:
        yield name if name[:2].isupper() else f"{name[0].lower()}{name[1:]}"


def _main_part(hit: Hit) -> str:
    """Of the title, where it has what the whole title has of the question; else ""."""
    part = _MAIN_ENDS.split(hit.title, maxsplit=1)[0].rstrip(" ,;:-–.")
    if part == hit.title:
        return part
    asked = set(hit.reading.informative).intersection(tokens(hit.title, hit.reading.locale))
    return part if asked.issubset(tokens(part, hit.reading.locale)) else ""


def _coverage(hit: Hit) -> float:
    return hit.ranked.parts["coverage"]
