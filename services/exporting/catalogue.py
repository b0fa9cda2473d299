"""The whole catalogue as tables: for JSON by values, for CSV and XLSX by texts that read back as these values."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from wagtail.models import Locale

from core.exports import Table
from core.page_cache import today
from services.exporting.rows import COLUMNS, maturity_of, row_of
from services.importing.parsing import audiences
from services.importing.units import UnitNames
from services.maturity import current_records
from services.models import ServicePage

#: name of the files, without an ending
NAME = "danh-muc-thu-tuc"
#: pages that are read at once
CHUNK = 50
#: characters of a workbook's cell; what is longer goes on in a further column of the same name: "documents (2)"
LONGEST_CELL = 32_000


def exported(*, drafts: bool = False) -> Iterator[dict[str, Any]]:
    """The services in the portal's own language in the order of their codes; with those that are not live, if asked."""
    locale = Locale.get_default()
    pages = ServicePage.objects.readable(locale.pk)
    if drafts:
        pages = ServicePage.objects.filter(locale=locale, alias_of__isnull=True)
    ids = list(pages.order_by("procedure__code").values_list("pk", flat=True))
    units = UnitNames.load()
    for start in range(0, len(ids), CHUNK):
        yield from _rows(ids[start : start + CHUNK], units)


def _rows(ids: Sequence[int], units: UnitNames) -> Iterator[dict[str, Any]]:
    related = ("procedure__units", "procedure__audiences", "procedure__maturity_records")
    found = ServicePage.objects.select_related("procedure__field").prefetch_related(*related).in_bulk(ids)
    for pk in ids:
        if page := found.get(pk):
            record = current_records(page.procedure.valid_records, today()).get(None)
            yield row_of(page, page.procedure, units) | maturity_of(record)


# --- tables --------------------------------------------------------------------------------------------------------


def table_of_values(*, drafts: bool = False) -> Table:
    """Lists stay lists, nothing stays null: for JSON."""
    rows = ([row.get(column) for column in COLUMNS] for row in exported(drafts=drafts))
    return Table(NAME, COLUMNS, rows)


def table_of_texts(*, drafts: bool = False) -> Table:
    """A text, a number or a date in each cell: for CSV."""
    rows = ([cell(column, row.get(column)) for column in COLUMNS] for row in exported(drafts=drafts))
    return Table(NAME, COLUMNS, rows)


def table_of_cells(*, drafts: bool = False) -> Table:
    """As texts, with further columns for what no cell of a workbook holds: for XLSX. Goes over the catalogue twice."""
    longest = dict.fromkeys(COLUMNS, 1)
    for row in table_of_texts(drafts=drafts).rows:
        for column, value in zip(COLUMNS, row, strict=True):
            longest[column] = max(longest[column], len(_pieces(value)))
    columns = [column if at == 1 else f"{column} ({at})" for column in COLUMNS for at in range(1, longest[column] + 1)]
    table = table_of_texts(drafts=drafts)
    return replace(table, columns=columns, rows=(_spread(row, longest.values()) for row in table.rows))


def _pieces(value: Any) -> list[Any]:
    if not isinstance(value, str) or len(value) <= LONGEST_CELL:
        return [value]
    return [value[start : start + LONGEST_CELL] for start in range(0, len(value), LONGEST_CELL)]


def _spread(row: Sequence[Any], widths: Iterable[int]) -> list[Any]:
    cells = []
    for value, width in zip(row, widths, strict=True):
        pieces = _pieces(value)
        cells += pieces + [""] * (width - len(pieces))
    return cells


# --- lists in one cell ---------------------------------------------------------------------------------------------


def _split(text: str, separators: str) -> list[str]:
    return [part.strip() for part in re.split(separators, text) if part.strip()]


#: column of names → what stands between them, and how an import takes them apart
_NAMES: dict[str, tuple[str, Callable[[str], list[str]]]] = {
    "level": (", ", lambda text: _split(text, r"[,;\n]")),
    "units": ("; ", lambda text: _split(text, r"[;\n]")),
    "audience": (", ", audiences),
    "maturity_flags": (", ", lambda text: _split(text, r"[,;\n]")),
}


def cell(column: str, value: Any) -> Any:
    """What stands in the cell of a table: names in words where they read back as the same names, else JSON."""
    if not isinstance(value, list):
        return value
    if not value:
        return ""
    if column in _NAMES:
        between, apart = _NAMES[column]
        text = between.join(value)
        if apart(text) == value and not text.startswith("["):
            return text
    return json.dumps(value, ensure_ascii=False)
