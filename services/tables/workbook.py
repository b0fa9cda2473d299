"""The first sheet of an XLSX file as rows by column."""

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

from services.tables.header import Header, TableRow, by_column
from services.tables.problems import Problem, UnreadableFile

#: cells of a row that are looked at
MOST_COLUMNS = 100
#: bytes that a workbook may unpack to: its shared texts are held in memory
LARGEST_WORKBOOK = 100 * 1024 * 1024
MOST_ROWS = 200_000


def xlsx_rows(path: Path, header: Header, largest: int = LARGEST_WORKBOOK) -> Iterator[TableRow]:
    """Rows of the first sheet: stored values, never formulas; of merged cells the first one has the value."""
    _refuse_bomb(path, min(largest, LARGEST_WORKBOOK))
    number = 0
    book = None
    file = path.open("rb")  # given a path, openpyxl goes by what the file is called
    try:
        book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
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
                names = header.names(_cell(value).strip() for value in values)
            else:
                cells = [_cell(value, header.decimals(name)) for name, value in zip(names, values, strict=False)]
                yield number, by_column(names, cells)
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
        file.close()


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


def _cell(value: Any, decimals: int | None = None) -> str:
    """The value as text. A code typed as a number has lost its last noughts: 1.00119 is 1.001190."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        if decimals:
            return f"{value:.{decimals}f}"
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    return str(value)
