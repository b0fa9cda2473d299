"""A CSV or XLSX file as rows. What cannot be read becomes a problem in the place of its row."""

import gzip
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext as _

from services.tables.delimited import csv_rows
from services.tables.header import Header, TableRow
from services.tables.lines import BoundedLines
from services.tables.problems import Problem, UnreadableFile
from services.tables.values import Row
from services.tables.workbook import MOST_ROWS, xlsx_rows

#: bytes of a file, and of what compressed lines unpack to; of a workbook see `services.tables.workbook`
LARGEST_TABLE = 20 * 1024 * 1024


def read_table(
    path: Path, header: Header, *, largest: int = LARGEST_TABLE, most_rows: int = MOST_ROWS
) -> Iterator[Row]:
    """The rows in order: of a workbook's first sheet, else of CSV (plain or gzipped), whatever the file is called.

    Raises UnreadableFile where nothing of it can be read; a row beyond `most_rows` is a problem, and the last one.
    """
    start = start_of(path, largest)
    with path.open("rb") as file:
        if start.startswith(b"PK"):
            rows = xlsx_rows(path, header)
        else:
            stream = gzip.GzipFile(fileobj=file) if start.startswith(b"\x1f\x8b") else file
            rows = csv_rows(BoundedLines(stream, largest).lines(), header)
        for number, row in enumerate(as_rows(rows), start=1):
            if number > most_rows:
                reason = _("a file may have %(rows)d rows; the rest is not read") % {"rows": most_rows}
                yield Row(row.line, problems=(Problem(row.line, "", reason),))
                return
            yield row


def start_of(path: Path, largest: int) -> bytes:
    """The first bytes, which tell the format. UnreadableFile where there is no such file or it is too large."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(4)
    except OSError as error:
        raise UnreadableFile(_("The file cannot be opened: %(reason)s.") % {"reason": error.strerror}) from error
    if size > largest:
        raise UnreadableFile(_("The file is larger than %(size)d MB.") % {"size": largest // 1024**2})
    return start


def as_rows(rows: Iterator[TableRow]) -> Iterator[Row]:
    for row in rows:
        yield Row(row.line, problems=(row,)) if isinstance(row, Problem) else Row(*row)
