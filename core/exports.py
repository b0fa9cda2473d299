"""Downloads of a list: CSV, XLSX, JSON and Atom of the very rows that the page shows."""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO, Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
#: apostrophes before such a start, which hold it back
_HELD_BACK = re.compile(r"'+[=+\-@\t\r]")


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One entry of an Atom feed; `url` is absolute and is its id."""

    title: str
    url: str
    summary: str
    updated: datetime


@dataclass(frozen=True, slots=True)
class Table:
    """Rows for download: `columns` are the names of the header, each row has as many cells."""

    name: str
    columns: Sequence[str]
    rows: Iterable[Sequence[Any]]


def harmless(value: Any) -> Any:
    """A cell that a spreadsheet will not run as a formula: text that begins like one gets an apostrophe.

    So does text that begins with an apostrophe held before such a start, so that `as_meant` can take exactly one back.
    """
    if isinstance(value, str) and (value.startswith(FORMULA_STARTS) or _HELD_BACK.match(value)):
        return f"'{value}"
    return value


def as_meant(text: str) -> str:
    """The text of a cell that `harmless` made."""
    return text[1:] if _HELD_BACK.match(text) else text


def _text(value: Any) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else str(value)


class _Echo:
    def write(self, value: str) -> str:
        return value


def csv_response(table: Table) -> StreamingHttpResponse:
    lines = StreamingHttpResponse(csv_lines(table), content_type="text/csv; charset=utf-8")
    return _attachment(lines, f"{table.name}.csv")


def csv_lines(table: Table) -> Iterator[str]:
    """UTF-8 with a byte order mark, so that spreadsheets show Vietnamese letters."""
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow(table.columns)
    for row in table.rows:
        yield writer.writerow([_text(harmless(cell)) for cell in row])


def xlsx_response(table: Table) -> HttpResponse:
    buffer = io.BytesIO()
    save_xlsx(table, buffer)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return _attachment(HttpResponse(buffer.getvalue(), content_type=kind), f"{table.name}.xlsx")


def save_xlsx(table: Table, file: IO[bytes]) -> None:
    """Write a workbook of one sheet; its rows wait on the disk, not in memory."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(table.name[:31])
    sheet.append(list(table.columns))
    for row in table.rows:
        sheet.append([_xlsx_cell(sheet, cell) for cell in row])
    book.save(file)


def _xlsx_cell(sheet: Any, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(sheet, value="".join(c for c in value if c >= " " or c in "\n\t"))
    cell.data_type = "s"  # a text that begins with "=" stays a text
    return cell


def json_response(table: Table) -> StreamingHttpResponse:
    lines = StreamingHttpResponse(json_lines(table), content_type="application/json; charset=utf-8")
    return _attachment(lines, f"{table.name}.json")


def json_lines(table: Table) -> Iterator[str]:
    """An array of objects, one a line, keyed by the column names."""
    separator = "[\n"
    for row in table.rows:
        yield separator + json.dumps(dict(zip(table.columns, row, strict=True)), ensure_ascii=False, default=_text)
        separator = ",\n"
    yield "[]\n" if separator == "[\n" else "\n]\n"


def atom_response(request: HttpRequest, title: str, language: str, entries: Iterable[FeedEntry]) -> HttpResponse:
    address = request.build_absolute_uri()
    feed = Atom1Feed(title=title, link=address, description="", language=language, feed_url=address)
    for entry in entries:
        feed.add_item(
            title=entry.title,
            link=entry.url,
            description=entry.summary,
            unique_id=entry.url,
            updateddate=entry.updated,
            pubdate=entry.updated,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


def as_moment(day: date) -> datetime:
    """Midnight of a day in the portal's time zone, for feeds."""
    return timezone.make_aware(datetime(day.year, day.month, day.day))


def _attachment(response: Any, name: str) -> Any:
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
