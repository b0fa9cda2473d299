"""The catalogue as a file of one of three formats, on the disk or as the answer to a request."""

from collections.abc import Callable, Iterable
from typing import IO, Any

from core.exports import (
    Table,
    csv_lines,
    csv_response,
    json_lines,
    json_response,
    save_xlsx,
    xlsx_response,
)
from services.exporting.catalogue import table_of_cells, table_of_texts, table_of_values


def _save_lines(lines: Callable[[Table], Iterable[str]]) -> Callable[[Table, IO[bytes]], None]:
    def save(table: Table, file: IO[bytes]) -> None:
        for line in lines(table):
            file.write(line.encode())

    return save


#: format → its table, how it is written to a file, how it is answered
FORMATS: dict[str, tuple[Callable[..., Table], Callable[[Table, IO[bytes]], None], Callable[[Table], Any]]] = {
    "csv": (table_of_texts, _save_lines(csv_lines), csv_response),
    "xlsx": (table_of_cells, save_xlsx, xlsx_response),
    "json": (table_of_values, _save_lines(json_lines), json_response),
}


def write(file: IO[bytes], form: str, *, drafts: bool = False) -> None:
    """Write the catalogue row by row."""
    table, save, _answer = FORMATS[form]
    save(table(drafts=drafts), file)


def response(form: str, *, drafts: bool = False) -> Any:
    """The catalogue as a download, row by row; a workbook is made whole first."""
    table, _save, answer = FORMATS[form]
    return answer(table(drafts=drafts))
