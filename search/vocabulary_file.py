"""Citizens' words as a file: what comes with the portal, and what an authority keeps outside it.

One phrase a line, three columns separated by tabs: phrase, readings separated by ` | `, group (may be left out).
Lines that begin with `#` are remarks; the first line may name the columns.
"""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from core.page_cache import touch
from core.text import fold, nfc
from search.models import VocabularyEntry

logger = logging.getLogger(__name__)

SHIPPED = Path(__file__).parent / "vocabulary" / "vi.tsv"
HEADER = ["phrase", "readings", "group"]
READING_MARK = "|"
LONGEST_PHRASE, LONGEST_GROUP = 120, 40  # as in the model
#: letters of a phrase: a single one would stand in every other question
SHORTEST_PHRASE = 2


@dataclass(frozen=True, slots=True)
class Row:
    phrase: str
    readings: tuple[str, ...]
    group: str = ""

    @property
    def folded(self) -> str:
        return fold(self.phrase)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a file, with the place: lines and columns are counted from 1."""

    line: int
    column: str
    reason: str

    def __str__(self) -> str:
        return _("line %(line)d, %(column)s: %(reason)s") % {
            "line": self.line,
            "column": self.column,
            "reason": self.reason,
        }


class FaultyFile(Exception):
    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


@dataclass(slots=True)
class Report:
    """Phrases by what became, or would become, of them; `kept` are those that staff changed."""

    added: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    unchanged: int = 0


def letters(text: str) -> int:
    """Letters and digits: what is left of a text in search."""
    return sum(map(str.isalnum, fold(text)))


def parse(text: str) -> list[Row]:
    """The rows of a file. FaultyFile with every fault, where there is one: half a vocabulary is not loaded."""
    rows: list[Row] = []
    faults: list[Fault] = []
    first_lines: dict[str, int] = {}
    for number, line in enumerate(nfc(text.removeprefix("\ufeff")).splitlines(), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if cells == HEADER and not rows:
            continue
        found = [Fault(number, column, reason) for column, reason in _wrong(cells)]
        if not found:
            row = Row(cells[0], _readings(cells[1]), cells[2] if len(cells) > 2 else "")
            first = first_lines.setdefault(row.folded, number)
            if first == number:
                rows.append(row)
            else:
                reason = _("“%(phrase)s” stands in line %(first)d already") % {"phrase": row.phrase, "first": first}
                found.append(Fault(number, "phrase", reason))
        faults += found
    if faults:
        raise FaultyFile(faults)
    return rows


def _readings(cell: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(reading for part in cell.split(READING_MARK) if (reading := part.strip())))


def _wrong(cells: list[str]) -> Iterator[tuple[str, str]]:
    """Columns of a line with what is wrong in them."""
    if len(cells) not in (2, 3):
        yield "columns", _("there are %(n)d, not 2 or 3 separated by tabs") % {"n": len(cells)}
        return
    folded = fold(cells[0])
    if letters(cells[0]) < SHORTEST_PHRASE:
        yield "phrase", _("a phrase has two letters at least")
    if max(len(folded), len(cells[0])) > LONGEST_PHRASE:
        yield "phrase", _("there are more than %(n)d characters") % {"n": LONGEST_PHRASE}
    readings = _readings(cells[1])
    if not readings or any(not letters(part) for part in cells[1].split(READING_MARK)):
        yield "readings", _("a reading is empty")
    elif folded in map(fold, readings):
        yield "readings", _("a reading is the phrase itself")
    if len(cells) == 3 and len(cells[2]) > LONGEST_GROUP:
        yield "group", _("there are more than %(n)d characters") % {"n": LONGEST_GROUP}


@transaction.atomic
def load(rows: Iterable[Row], *, replace: bool = False, dry_run: bool = False) -> Report:
    """Add what is missing, bring what was shipped up to date; what staff changed stays, unless `replace`."""
    stored = {entry.folded: entry for entry in VocabularyEntry.objects.all()}
    report = Report()
    new, changed = [], []
    for row in rows:
        entry = stored.get(row.folded)
        if entry is None:
            new.append(_filled(VocabularyEntry(), row))
            report.added.append(row.phrase)
        elif _says(entry, row):
            report.unchanged += 1
        elif entry.is_shipped or replace:
            changed.append(_filled(entry, row))
            report.updated.append(row.phrase)
        else:
            report.kept.append(row.phrase)
    if not dry_run and (new or changed):
        VocabularyEntry.objects.bulk_create(new)
        VocabularyEntry.objects.bulk_update(changed, ["phrase", "readings", "group", "is_active", "is_shipped"], 500)
        touch()
    return report


def _says(entry: VocabularyEntry, row: Row) -> bool:
    """Whether an entry in use says what the row does; a phrase that staff switched off does not."""
    said = (entry.phrase, tuple(entry.readings.splitlines()), entry.group)
    return entry.is_active and said == (row.phrase, row.readings, row.group)


def _filled(entry: VocabularyEntry, row: Row) -> VocabularyEntry:
    entry.phrase, entry.folded = row.phrase, row.folded
    entry.readings, entry.group = "\n".join(row.readings), row.group
    entry.is_active = entry.is_shipped = True
    return entry


def ensure_vocabulary(using: str = "default", **_kwargs: object) -> None:
    """Give a database without any phrase those that come with the portal. What staff deleted is not brought back."""
    if using != "default" or not SHIPPED.exists() or VocabularyEntry.objects.exists():
        return
    try:
        load(parse(SHIPPED.read_text(encoding="utf-8")))
    except FaultyFile as error:
        logger.error("The shipped vocabulary is not loaded:\n%s", error)
