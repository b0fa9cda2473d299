"""A file as rows: JSON (plain or gzipped), CSV, XLSX. What cannot be read becomes a problem."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from services.importing.columns import HEADER
from services.importing.json_documents import documents, is_document, unwrapped
from services.tables.delimited import csv_rows
from services.tables.lines import LONGEST_LINE, BoundedLines
from services.tables.problems import Problem, UnreadableFile, UnreadableRest
from services.tables.reading import as_rows, start_of
from services.tables.values import Row
from services.tables.workbook import xlsx_rows

#: bytes of a file, and of what a compressed file unpacks to
LARGEST_FILE = 256 * 1024 * 1024
_BOMS = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}


def read_rows(path: Path, *, largest: int = LARGEST_FILE) -> Iterator[Row]:
    """The rows in order. Raises UnreadableFile where there is no such file or nothing of it can be read."""
    start = start_of(path, largest)
    if start.startswith(b"PK"):
        yield from as_rows(xlsx_rows(path, HEADER, largest))
        return
    with path.open("rb") as file:
        packed = start.startswith(b"\x1f\x8b")
        stream = BoundedLines(gzip.GzipFile(fileobj=file) if packed else file, largest)
        yield from _text_rows(stream, _kind(path, packed), path)


def _kind(path: Path, packed: bool) -> str:
    name = path.name.lower()
    if packed:
        name = name.removesuffix(".gz")
    return "csv" if name.endswith((".csv", ".tsv")) else "jsonl"


def _text_rows(stream: BoundedLines, kind: str, path: Path) -> Iterator[Row]:
    if kind == "csv":
        yield from as_rows(csv_rows(stream.lines(), HEADER, "\t" if path.name.lower().endswith(".tsv") else ""))
    elif is_document(stream.start()):
        yield from _document_rows(stream)
    else:
        yield from _json_rows(stream)


def _json_rows(stream: BoundedLines) -> Iterator[Row]:
    number = 0
    try:
        for number, line in stream.lines():
            if number == 1 and line:
                _refuse_other_encoding(line)
                line = line.removeprefix(b"\xef\xbb\xbf")
            if line is None or line.strip():
                yield from _json_line(number, line)
    except UnreadableRest as error:
        yield _bad(number + 1, str(error))


def _refuse_other_encoding(line: bytes) -> None:
    if encoding := _BOMS.get(line[:2]):
        raise UnreadableFile(_("The file is %(encoding)s; save it as UTF-8.") % {"encoding": encoding})


def _document_rows(stream: BoundedLines) -> Iterator[Row]:
    number = 1
    try:
        for found in documents(stream.read):
            if isinstance(found, Problem):
                yield Row(found.line, problems=(found,))
            else:
                number, values = found
                yield _object_row(number, values)
    except UnreadableRest as error:
        yield _bad(number, str(error))


def _json_line(number: int, line: bytes | None) -> Iterator[Row]:
    if line is None:
        yield _bad(number, _("the line is longer than %(size)d MB") % {"size": LONGEST_LINE // 1024**2})
        return
    try:
        values = json.loads(line.decode("utf-8").rstrip())
    except UnicodeDecodeError as error:
        yield _bad(number, _("byte %(at)d is not UTF-8") % {"at": error.start + 1})
    except (ValueError, RecursionError) as error:
        at = getattr(error, "colno", None)
        yield _bad(number, _("not valid JSON at character %(at)d") % {"at": at} if at else _("not valid JSON"))
    else:
        for value in unwrapped(values):
            yield _object_row(number, value)


def _object_row(number: int, values: Any) -> Row:
    if not isinstance(values, dict):
        return _bad(number, _("a record must be one JSON object"))
    return Row(number, values)


def _bad(number: int, reason: str) -> Row:
    return Row(number, problems=(Problem(number, "", reason),))
