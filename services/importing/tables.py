"""CSV and XLSX as rows by column: the first row names the columns (docs/import.md)."""

import csv
import datetime
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from services.importing.columns import BY_NAME, REQUIRED, column_of
from services.importing.problems import Problem, UnreadableFile, UnreadableRest

#: cells of a row that are looked at, and characters of a CSV cell
MOST_COLUMNS = 100
LONGEST_CELL = 1024 * 1024
#: bytes that a workbook may unpack to: its shared texts are held in memory
LARGEST_WORKBOOK = 100 * 1024 * 1024
MOST_ROWS = 200_000

TableRow = tuple[int, dict[str, Any]] | Problem


def header(cells: list[str]) -> list[str | None]:
    """Column names for the cells of the first row; an unknown heading stands for itself.

    UnreadableFile where a needed column is missing or one stands twice.
    """
    found = [(column_of(cell) or cell) if cell else None for cell in cells]
    named = [name for name in found if name in BY_NAME]
    if missing := [name for name in REQUIRED if name not in named]:
        message = _("The first row must name the columns; it lacks: %(columns)s.")
        raise UnreadableFile(message % {"columns": ", ".join(missing)})
    if twice := sorted({name for name in named if named.count(name) > 1}):
        raise UnreadableFile(_("The first row names a column twice: %(columns)s.") % {"columns": ", ".join(twice)})
    return found


def _by_column(names: list[str | None], cells: list[str]) -> dict[str, str]:
    return {name: cell for name, cell in zip(names, cells, strict=False) if name}


# --- CSV -----------------------------------------------------------------------------------------------------------


class _Lines:
    """Decoded lines for the CSV reader. What is not UTF-8 keeps its bytes as lone surrogates, refused by the record."""

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


def csv_rows(lines: Iterator[tuple[int, bytes | None]], delimiter: str = "") -> Iterator[TableRow]:
    """Rows of a CSV file, separated by commas, semicolons or tabs; each under the number of its first line."""
    csv.field_size_limit(LONGEST_CELL)
    last = 0
    try:
        source = _Lines(lines)
        reader = csv.reader(source, delimiter=delimiter or source.delimiter())
        names = header([cell.strip() for cell in next(reader, [])])
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
    return line, _by_column(names, cells)


def _csv_reason(error: csv.Error) -> str:
    if "field limit" in str(error):
        return _("a cell is longer than %(size)d characters") % {"size": LONGEST_CELL}
    return _("the line is not valid CSV")


# --- XLSX ----------------------------------------------------------------------------------------------------------


def xlsx_rows(path: Path, largest: int = LARGEST_WORKBOOK) -> Iterator[TableRow]:
    """Rows of the first sheet: stored values, never formulas; of merged cells the first one has the value."""
    _refuse_bomb(path, min(largest, LARGEST_WORKBOOK))
    number = 0
    book = None
    try:
        book = load_workbook(path, read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        rows = sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True)
        names: list[str | None] | None = None
        for number, values in enumerate(rows, start=1):
            if number > MOST_ROWS:
                reason = _("a sheet may have %(rows)d rows; the rest is not read")
                yield Problem(number, "", reason % {"rows": MOST_ROWS})
                return
            if all(value is None or value == "" for value in values):
                continue
            if names is None:
                names = header([_cell("", value).strip() for value in values])
            else:
                cells = [_cell(name, value) for name, value in zip(names, values, strict=False)]
                yield number, _by_column(names, cells)
        if names is None:
            raise UnreadableFile(_("The first sheet is empty."))
    except (InvalidFileException, zipfile.BadZipFile, DefusedXmlException, ParseError) as error:
        yield from _damaged(number, error)
    except (KeyError, ValueError, TypeError, IndexError, AttributeError, EOFError, OSError) as error:
        # openpyxl lets whatever a malformed part causes come through
        yield from _damaged(number, error)
    finally:
        if book is not None:
            book.close()


def _damaged(number: int, error: Exception) -> Iterator[Problem]:
    if number == 0:
        raise UnreadableFile(_("The workbook is damaged or no XLSX file.")) from error
    yield Problem(number + 1, "", _("the workbook is damaged; the rest is not read"))


def _refuse_bomb(path: Path, largest: int) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
    except (zipfile.BadZipFile, OSError) as error:
        raise UnreadableFile(_("The workbook is damaged or no XLSX file.")) from error
    if unpacked > largest:
        raise UnreadableFile(_("The workbook unpacks to more than %(size)d MB.") % {"size": largest // 1024**2})


def _cell(name: str | None, value: Any) -> str:
    """The value as text. A code typed as a number has lost its last noughts: 1.00119 is 1.001190."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        return f"{value:.6f}" if name == "code" else f"{value:g}"
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    return str(value)
