"""A file beside what is stored: what is new, what is corrected, what cannot be taken."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from core.page_cache import today
from services.dossiers.known import Known, Mismatch, problem_of
from services.dossiers.stating import Stated, read_figures
from services.dossiers.stored import Key, Stored, current
from services.tables.problems import Problem
from services.tables.values import Row

#: problems that are told; of more only the number
TOLD = 200


@dataclass(slots=True)
class Comparison:
    """What a file would change. With `refused` rows it changes nothing."""

    rows: int = 0
    refused: int = 0
    problems: list[Problem] = field(default_factory=list)
    #: rows that the portal understands, by what they are about
    stated: dict[Key, Stated] = field(default_factory=dict)
    new: list[Key] = field(default_factory=list)
    #: corrected figures with those that they replace
    changed: dict[Key, Stored] = field(default_factory=dict)
    unchanged: int = 0
    #: current figures of the same units and months that the file does not name: they stay
    absent: int = 0

    @property
    def writes(self) -> list[Key]:
        return [] if self.refused else [*self.new, *self.changed]

    def refuse(self, problems: Iterable[Problem]) -> None:
        """A row that cannot be taken, with each reason."""
        self.refused += 1
        for problem in problems:
            if len(self.problems) < TOLD:
                self.problems.append(problem)


def compare(rows: Iterable[Row], *, allowed: frozenset[int] | None) -> Comparison:
    """Compare the rows of a file with what is stored; `allowed` units, None: all.

    UnreadableFile where nothing of the file can be read.
    """
    found = Comparison()
    known = Known.load(allowed)
    for stated in _readable(rows, found):
        try:
            key = known.key(stated)
        except Mismatch as mismatch:
            found.refuse([problem_of(stated, mismatch)])
            continue
        if key in found.stated:
            reason = _("the same unit, month and procedure or field stand on line %(line)d already")
            found.refuse([Problem(stated.line, "", reason % {"line": found.stated[key].line})])
        else:
            found.stated[key] = stated
    stored = current({key[0] for key in found.stated}, {key[1] for key in found.stated})
    _refuse_double_counts(found, stored)
    _sort(found, stored)
    return found


def _readable(rows: Iterable[Row], found: Comparison) -> Iterable[Stated]:
    now = today()
    for row in rows:
        found.rows += 1
        stated, problems = read_figures(row, now)
        if stated is None:
            found.refuse(problems)
        else:
            yield stated


def _refuse_double_counts(found: Comparison, stored: dict[Key, Stored]) -> None:
    """A dossier is counted once: a unit gives a field of a month either as a whole or by procedure."""
    parts: dict[tuple, dict[bool, Stated | None]] = defaultdict(dict)
    for key, old in stored.items():
        if key not in found.stated and any(old.counts):
            parts[key[0], key[1], key[3]][key[2] is None] = None
    for key, stated in found.stated.items():
        if any(stated.counts):
            parts[key[0], key[1], key[3]][key[2] is None] = stated
    for ways in parts.values():
        stated = ways.get(True) or ways.get(False)
        if len(ways) > 1 and stated:
            reason = _("figures of this unit, month and field are given both for the whole field and by procedure")
            found.refuse([Problem(stated.line, "field", reason)])


def _sort(found: Comparison, stored: dict[Key, Stored]) -> None:
    """The same numbers that were a sample so far are a correction: now they are a fact."""
    for key, stated in found.stated.items():
        old = stored.get(key)
        if old is None:
            found.new.append(key)
        elif old.is_sample or old.counts != stated.counts:
            found.changed[key] = old
        else:
            found.unchanged += 1
    found.absent = sum(key not in found.stated for key in stored)
