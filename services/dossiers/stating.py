"""One row of a file: what it states, or why it is impossible. No database."""

import re
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from core.templatetags.portal import vn_number
from services.dossiers.header import HEADER
from services.dossiers.period import first_of, read_month
from services.models.dossiers import COUNTS
from services.tables.problems import Problem
from services.tables.values import Row, RowReader

#: of one unit, month and procedure; a greater number is a slip of the keyboard
MOST_DOSSIERS = 1_000_000
#: whole → its parts
WHOLES = {"received": COUNTS[:3], "finished": COUNTS[3:]}
_CODE = re.compile(r"([1-9]\.\d{6})(?:\.\d{3}\.\d{2}\.\d{2}\.H\d{2})?")


@dataclass(frozen=True, slots=True)
class Stated:
    """What a row says: the unit and the field by name, the procedure by its code as written."""

    line: int
    month: date
    unit: str
    code: str
    field: str
    counts: tuple[int, ...]


def read_figures(row: Row, today: date) -> tuple[Stated | None, list[Problem]]:
    """What a row states, or every reason why it is refused."""
    if row.problem:
        return None, [row.problem]
    reader = RowReader(row, HEADER)
    month = _month(reader, today)
    unit, field = reader.text("unit"), reader.text("field")
    code = reader.text("code").replace(" ", "")
    if found := _CODE.fullmatch(code):
        code = found[1]
    if not unit:
        reader.note("unit", _("missing"))
    if not (code or field):
        reader.note("code", _("neither a procedure nor a field is named"))
    numbers = {name: _number(reader, name) for name in COUNTS}
    if not reader.problems:
        _compare_with_wholes(reader, numbers)
    if reader.problems or month is None:
        return None, reader.problems
    return Stated(row.line, month, unit, code, field, tuple(numbers.values())), []


def _month(reader: RowReader, today: date) -> date | None:
    text = reader.text("month")
    month = read_month(text)
    if not text:
        reader.note("month", _("missing"))
    elif month is None:
        message = _("a month such as 03/2019 is expected, not “%(text)s”")
        reader.note("month", message % {"text": text[:40]})
    elif month > first_of(today):
        reader.note("month", _("%(month)s lies in the future") % {"month": f"{month:%m/%Y}"})
    return month


def _number(reader: RowReader, name: str) -> int:
    if reader.row.values.get(name) in ("", None):
        reader.note(name, _("missing; where there were none, write 0"))
        return 0
    return reader.number(name, 0, MOST_DOSSIERS) or 0


def _compare_with_wholes(reader: RowReader, numbers: dict[str, int]) -> None:
    """Totals, where the file gives them, are the sums of their parts; nobody finishes what nobody has received."""
    for whole, parts in WHOLES.items():
        stated, summed = reader.number(whole, 0, 3 * MOST_DOSSIERS), sum(numbers[part] for part in parts)
        if stated is not None and stated != summed:
            message = _("the total is %(stated)s, its parts add up to %(summed)s")
            reader.note(whole, message % {"stated": vn_number(stated), "summed": vn_number(summed)})
    carried_over = reader.number("carried_over", 0, MOST_DOSSIERS)
    at_hand = sum(numbers[part] for part in WHOLES["received"]) + (carried_over or 0)
    finished = sum(numbers[part] for part in WHOLES["finished"])
    if carried_over is not None and finished > at_hand:
        message = _("%(finished)s dossiers are finished, but only %(at_hand)s were received or carried over")
        reader.note("carried_over", message % {"finished": vn_number(finished), "at_hand": vn_number(at_hand)})
