"""A report as a table: the same rows on screen, a page at a time, and whole in the downloads."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar

from django.utils import timezone
from django.utils.functional import Promise

from core.exports import Table
from core.templatetags.portal import vn_date, vn_number
from editorial.reports.filters import ReportFilter
from editorial.reports.scope import Scope, scope_of

#: rows that a download reads at once
CHUNK = 2000


@dataclass(frozen=True, slots=True)
class Cell:
    """A value with the address that it leads to, or marked as one that asks for attention."""

    value: Any
    url: str = ""
    alarms: bool = False

    @property
    def shown(self) -> str:
        """The value in words: a day as 15/11/2019, a number as 1.234,5, nothing as a dash."""
        if isinstance(self.value, datetime):
            return f"{vn_date(self.value)} {self.value:%H:%M}"
        if isinstance(self.value, date):
            return vn_date(self.value)
        if isinstance(self.value, int | float):
            return vn_number(self.value)
        return "–" if self.value in (None, "") else str(self.value)

    @property
    def classes(self) -> str:
        """How the cell looks: numbers stand at the end of their column, titles have room, alarms are red."""
        is_number = isinstance(self.value, int | float)
        kind = "report-number" if is_number else "report-linked" if self.url else ""
        return f"{kind} w-text-text-error" if self.alarms else kind

    @property
    def plain(self) -> Any:
        """The value for files."""
        return str(self.value) if isinstance(self.value, Promise) else self.value


def cell(value: Any) -> Cell:
    return value if isinstance(value, Cell) else Cell(value)


def local(moment: datetime | None) -> datetime | None:
    """A moment on the office's clock, without its zone, which spreadsheets do not know."""
    return timezone.localtime(moment).replace(tzinfo=None) if moment else None


class Report:
    """Base of the reports. A subclass counts its rows and makes those of a place in the list; the filters are valid."""

    name: ClassVar[str]
    title: ClassVar[Any]
    #: what the figures are and are not, in a sentence or two
    note: ClassVar[Any] = ""
    #: True for one that another report leads to: it is not offered by itself
    is_part: ClassVar[bool] = False
    #: begins the name of downloaded files
    file_name: ClassVar[str]
    filter_class: ClassVar[type[ReportFilter]]
    #: who reads it, and about which units
    scope_of: ClassVar[Callable[[Any], Scope | None]] = staticmethod(scope_of)

    def __init__(self, filters: ReportFilter) -> None:
        self.filters = filters

    def columns(self) -> Sequence[Any]:
        raise NotImplementedError

    def count(self) -> int:
        raise NotImplementedError

    def rows(self, start: int, stop: int) -> Sequence[Sequence[Any]]:
        """Rows from `start`, without `stop`: values or cells, one for each column."""
        raise NotImplementedError

    def table(self) -> Table:
        return Table(self.file_name, [str(column) for column in self.columns()], self._plain_rows(self.count()))

    def _plain_rows(self, count: int) -> Iterator[list[Any]]:
        for start in range(0, count, CHUNK):
            for row in self.rows(start, start + CHUNK):
                yield [cell(value).plain for value in row]
