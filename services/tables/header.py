"""Which columns a table may have: names, Vietnamese headings, limits."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from core.text import fold
from services.tables.problems import Problem, UnreadableFile

#: heading of a column that goes on with another: a workbook's cell holds 32,767 characters
_CONTINUED = re.compile(r"(.+) \(\d{1,2}\)")
#: number and values by column, or what stands in their place
TableRow = tuple[int, dict[str, Any]] | Problem


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the longest text taken (characters) and the Vietnamese headings that mean it as well.

    `title` is the heading that messages use, where it is not the name. `decimals` is for codes: a spreadsheet that
    took one for a number has dropped its last noughts, which come back.
    """

    name: str
    limit: int
    headings: tuple[str, ...] = ()
    title: str = ""
    decimals: int | None = None

    @property
    def words(self) -> tuple[str, ...]:
        """Every heading that means the column."""
        return (self.name, *filter(None, [self.title]), *self.headings)


class Header:
    """The columns of one kind of table. The first row names them, in any order, by name or Vietnamese heading."""

    def __init__(self, columns: Iterable[Column], required: Sequence[str]) -> None:
        self.columns = tuple(columns)
        self.required = tuple(required)
        self.by_name = {column.name: column for column in self.columns}
        self._meanings = {fold(word): column.name for column in self.columns for word in column.words}

    def column_of(self, heading: str) -> str | None:
        """Name of the column that a heading means, in English or Vietnamese; None where it means none."""
        return self._meanings.get(fold(heading))

    def names(self, cells: Iterable[str]) -> list[str | None]:
        """Column names for the cells of the first row; an unknown heading stands for itself.

        UnreadableFile where a needed column is missing or one stands twice.
        """
        headings = list(cells)
        found = [(self._column(cell) or cell) if cell else None for cell in headings]
        named = [self.column_of(cell) for cell in headings if self.column_of(cell)]
        if missing := [name for name in self.required if name not in named]:
            message = _("The first row must name the columns; it lacks: %(columns)s.")
            raise UnreadableFile(message % {"columns": ", ".join(map(self.title, missing))})
        if twice := sorted({name for name in named if named.count(name) > 1}):
            message = _("The first row names a column twice: %(columns)s.")
            raise UnreadableFile(message % {"columns": ", ".join(map(self.title, twice))})
        return found

    def _column(self, heading: str) -> str | None:
        """The column that a heading means, or that it goes on with: "documents (2)"."""
        continued = _CONTINUED.fullmatch(heading)
        return self.column_of(heading) or (self.column_of(continued[1]) if continued else None)

    def title(self, name: str) -> str:
        """What a message calls a column."""
        column = self.by_name.get(name)
        return (column.title if column else "") or name

    def decimals(self, name: str | None) -> int | None:
        """Digits after the point that a number in the column has; None where the column holds no codes."""
        column = self.by_name.get(name or "")
        return column.decimals if column else None


def by_column(names: Sequence[str | None], cells: Iterable[str]) -> dict[str, str]:
    """Cells under their columns, those of a column that goes on joined; those without a heading are left out."""
    found: dict[str, str] = {}
    for name, cell in zip(names, cells, strict=False):
        if name:
            found[name] = found[name] + cell if name in found else cell
    return found
