"""CSV as rows by column."""

import csv
from collections.abc import Iterator

from django.utils.translation import gettext as _

from core.exports import as_meant
from services.tables.header import Header, TableRow, by_column
from services.tables.problems import Problem, UnreadableFile, UnreadableRest

#: characters of a cell
LONGEST_CELL = 1024 * 1024


class _Lines:
    """Decoded lines for the CSV reader. Bytes that are not UTF-8 stay as lone surrogates, and their row is refused."""

    def __init__(self, lines: Iterator[tuple[int, bytes | None]]) -> None:
        self.lines = lines
        self.first = next(self.lines, (0, b""))[1] or b""
        if self.first[:2] in {b"\xff\xfe", b"\xfe\xff"}:
            raise UnreadableFile(_("The file is %(encoding)s; save it as UTF-8.") % {"encoding": "UTF-16"})
        self.first = self.first.removeprefix(b"\xef\xbb\xbf")

    def delimiter(self) -> str:
        heading = self.first.decode("utf-8", "replace")
        return max(",;\t", key=heading.count)

    def __iter__(self) -> Iterator[str]:
        yield self.first.decode("utf-8", "surrogateescape")
        for _number, line in self.lines:
            yield "\n" if line is None else line.decode("utf-8", "surrogateescape")


def csv_rows(lines: Iterator[tuple[int, bytes | None]], header: Header, delimiter: str = "") -> Iterator[TableRow]:
    """Rows of a CSV file, separated by commas, semicolons or tabs; each under the number of its first line."""
    csv.field_size_limit(LONGEST_CELL)
    last = 0
    try:
        source = _Lines(lines)
        reader = csv.reader(source, delimiter=delimiter or source.delimiter())
        names = header.names(cell.strip() for cell in next(reader, []))
        last = reader.line_num
        while True:
            try:
                cells = next(reader, None)
            except csv.Error as error:
                yield Problem(last + 1, "", _csv_reason(error))
                last = reader.line_num
                continue
            if cells is None:
                return
            line, last = last + 1, reader.line_num
            if any(cell.strip() for cell in cells):
                yield _csv_row(line, names, cells)
    except csv.Error as error:
        raise UnreadableFile(_("The first row cannot be read.")) from error
    except UnreadableRest as error:
        yield Problem(last + 1, "", str(error))


def _csv_row(line: int, names: list[str | None], cells: list[str]) -> TableRow:
    if len(cells) > len(names) and any(cell.strip() for cell in cells[len(names) :]):
        message = _("the row has %(cells)d cells, the first row names %(columns)d columns")
        return Problem(line, "", message % {"cells": len(cells), "columns": len(names)})
    return line, by_column(names, map(as_meant, cells))


def _csv_reason(error: csv.Error) -> str:
    if "field limit" in str(error):
        return _("a cell is longer than %(size)d characters") % {"size": LONGEST_CELL}
    return _("the line is not valid CSV")
