"""Names of services that say more than the question: what may have been meant by a topic alone."""

import re
from collections.abc import Iterator, Sequence

from core.text import fold
from search.kinds import kind_named
from search.query import Hit
from search.question import Question

MOST = 3
LONGEST = 60  # characters: a longer name is read in the list of hits
#: hits that are looked at
FIRST = 30
#: the name has what was asked, but for a word that says little
COVERAGE = 0.9

# What stands behind it are cases, exceptions and where the service is carried out.
_MAIN_ENDS = re.compile(r"[;,:(]| trong (?:các )?trường hợp | đối với | thực hiện tại ")


def related(question: Question, hits: Sequence[Hit]) -> list[str]:
    """At most three names, the best first; none where a code was typed, or one name alone has what was asked."""
    if not hits or hits[0].is_exact:
        return []
    names: dict[str, str] = {}
    for hit in hits[:FIRST]:
        for name in _names(hit):
            names.setdefault(fold(name), name)
    asked = {reading.folded for reading in question.readings}
    return [name for folded, name in names.items() if folded not in asked][:MOST] if len(names) > 1 else []


def _names(hit: Hit) -> Iterator[str]:
    """The main part of the title, as it stands in a sentence."""
    if not kind_named(hit.kind).leads or not hit.is_sure or hit.ranked.parts["coverage"] < COVERAGE:
        return
    name = _MAIN_ENDS.split(hit.title, maxsplit=1)[0].strip()
    if 0 < len(name) <= LONGEST:
        yield name if name[:2].isupper() else f"{name[0].lower()}{name[1:]}"
