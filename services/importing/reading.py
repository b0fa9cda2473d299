"""A file as rows: JSON lines (plain or gzipped), CSV, XLSX. What cannot be read becomes a problem."""

import gzip
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from django.utils.translation import gettext as _

from services.importing import tables
from services.importing.problems import Problem, UnreadableFile, UnreadableRest

#: bytes of a file, and of what a compressed file unpacks to
LARGEST_FILE = 256 * 1024 * 1024
#: bytes of one line of JSON
LONGEST_LINE = 4 * 1024 * 1024
_BOMS = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the file: its values by column, or the problem that stands in its place."""

    line: int
    values: dict[str, Any] = field(default_factory=dict)
    problem: Problem | None = None


def read_rows(path: Path, *, largest: int = LARGEST_FILE) -> Iterator[Row]:
    """The rows in order. Raises UnreadableFile where there is no such file or nothing of it can be read."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(4)
    except OSError as error:
        raise UnreadableFile(_("The file cannot be opened: %(reason)s.") % {"reason": error.strerror}) from error
    if size > largest:
        raise UnreadableFile(_("The file is larger than %(size)d MB.") % {"size": largest // 1024**2})
    if start.startswith(b"PK"):
        yield from _table_rows(tables.xlsx_rows(path, largest))
        return
    with path.open("rb") as file:
        packed = start.startswith(b"\x1f\x8b")
        stream = _Bounded(gzip.GzipFile(fileobj=file) if packed else file, largest)
        yield from _text_rows(stream, _kind(path, packed), path)


def _kind(path: Path, packed: bool) -> str:
    name = path.name.lower()
    if packed:
        name = name.removesuffix(".gz")
    return "csv" if name.endswith((".csv", ".tsv")) else "jsonl"


class _Bounded:
    """Lines of a stream up to a number of bytes: a small file that unpacks to gigabytes is stopped."""

    def __init__(self, stream: IO[bytes], largest: int) -> None:
        self.stream = stream
        self.largest = largest
        self.taken = 0

    def readline(self, limit: int) -> bytes:
        try:
            line = self.stream.readline(limit)
        except EOFError as error:
            raise UnreadableRest(_("the compressed file ends early")) from error
        except (gzip.BadGzipFile, zlib.error, OSError) as error:
            raise UnreadableRest(_("the compressed file is damaged")) from error
        self.taken += len(line)
        if self.taken > self.largest:
            message = _("the file unpacks to more than %(size)d MB; the rest is not read")
            raise UnreadableRest(message % {"size": self.largest // 1024**2})
        return line

    def lines(self) -> Iterator[tuple[int, bytes | None]]:
        """Number and bytes of every line; None for a line that is too long."""
        number = 0
        while line := self.readline(LONGEST_LINE + 1):
            number += 1
            if len(line) <= LONGEST_LINE:
                yield number, line
                continue
            while line and not line.endswith(b"\n"):
                line = self.readline(LONGEST_LINE)
            yield number, None


def _text_rows(stream: _Bounded, kind: str, path: Path) -> Iterator[Row]:
    if kind == "csv":
        yield from _table_rows(tables.csv_rows(stream.lines(), "\t" if path.name.lower().endswith(".tsv") else ""))
    else:
        yield from _json_rows(stream)


def _table_rows(rows: Iterator[tuple[int, dict[str, Any]] | Problem]) -> Iterator[Row]:
    for row in rows:
        yield Row(row.line, problem=row) if isinstance(row, Problem) else Row(*row)


def _json_rows(stream: _Bounded) -> Iterator[Row]:
    number = 0
    try:
        for number, line in stream.lines():
            if number == 1 and line:
                _refuse_other_encoding(line)
                line = line.removeprefix(b"\xef\xbb\xbf")
            if line is None or line.strip():
                yield _json_row(number, line)
    except UnreadableRest as error:
        yield _bad(number + 1, str(error))


def _refuse_other_encoding(line: bytes) -> None:
    if encoding := _BOMS.get(line[:2]):
        raise UnreadableFile(_("The file is %(encoding)s; save it as UTF-8.") % {"encoding": encoding})


def _json_row(number: int, line: bytes | None) -> Row:
    if line is None:
        return _bad(number, _("the line is longer than %(size)d MB") % {"size": LONGEST_LINE // 1024**2})
    try:
        values = json.loads(line.decode("utf-8").rstrip())
    except UnicodeDecodeError as error:
        return _bad(number, _("byte %(at)d is not UTF-8") % {"at": error.start + 1})
    except (ValueError, RecursionError) as error:
        at = getattr(error, "colno", None)
        reason = _("not valid JSON at character %(at)d") % {"at": at} if at else _("not valid JSON")
        return _bad(number, reason)
    if not isinstance(values, dict):
        return _bad(number, _("a line must be one JSON object"))
    return Row(number, values)


def _bad(number: int, reason: str) -> Row:
    return Row(number, problem=Problem(number, "", reason))
