"""Documents asked for by type and number alone: "kế hoạch 45", "QĐ số 2460 năm 2019". Pure.

People leave out who issued a document. A number restarts every year with every issuer, so more than one may be meant.
"""

import re

from announcements.reference import TYPE_NAMES, Reference
from core.text import fold

_LETTER = "Công văn"
# As typed, folded: the name of the type as entries have it.
_TYPES: dict[str, str] = {}
for _abbreviation, _name in [*TYPE_NAMES.items(), ("CV", _LETTER)]:
    _TYPES.setdefault(fold(_name), fold(_name))
    _TYPES.setdefault(fold(_abbreviation), fold(_name))
_ASKED = re.compile(
    r"(?P<type>[a-z]+(?: [a-z]+){0,4}?)(?: so)? ?(?P<number>[0-9]{1,5})(?:(?: nam| /|/)? ?(?P<year>[12][0-9]{3}))?"
)


def number_keys(reference: Reference, year: int | None) -> tuple[str, ...]:
    """The forms under which a document is found by its number: of its type, alone and with its year of issue."""
    if not reference.type_name:
        return ()
    key = f"{fold(reference.type_name)} {reference.number}"
    return (key, f"{key}:{year}") if year else (key,)


def asked_number(query: str) -> str | None:
    """The key of a question that is a type and a number, perhaps with a year, and nothing else; None for any other."""
    found = _ASKED.fullmatch(fold(query[:80]))
    if found is None or (name := _TYPES.get(found["type"])) is None:
        return None
    key = f"{name} {int(found['number'])}"
    return f"{key}:{found['year']}" if found["year"] else key
