"""Columns of the catalogue as a table: on the page, in downloads, in mails."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.templatetags.portal import vn_date
from departments.vocabularies import unit_names
from services.lookup.rows import Row
from services.models.maturity import EXTENT_CHOICES
from services.presentation import tier_names

#: units that a cell of a page names; files name all
UNITS_SHOWN = 2


@dataclass(frozen=True, slots=True)
class Column:
    """A column: name in files and query strings, heading, value in files, and in words where those differ."""

    name: str
    label: Any
    value: Callable[[Row], Any]
    words: Callable[[Row], str] | None = None

    def shown(self, row: Row) -> str:
        if self.words:
            return self.words(row)
        value = self.value(row)
        return "" if value is None else str(value)


def _units(row: Row) -> str:
    """The units; of many, the first ones and how many more there are: communes share most of what they carry out."""
    names = unit_names()
    shown = [names.get(unit, unit) for unit in row.item.units]
    if (others := len(shown) - UNITS_SHOWN) > 1:
        more = ngettext("and %(n)s more unit", "and %(n)s more units", others) % {"n": others}
        return f"{'; '.join(shown[:UNITS_SHOWN])} {more}"
    return "; ".join(shown)


def _extent(row: Row) -> str:
    return str(dict(EXTENT_CHOICES).get(row.item.state.extent, ""))


def _payment(row: Row) -> str:
    return _("Offered") if row.item.state.payment else _("Not offered")


COLUMNS = {
    column.name: column
    for column in (
        Column("code", gettext_lazy("Code"), lambda row: row.item.code),
        Column("title", gettext_lazy("Service"), lambda row: row.item.title),
        Column("full_name", gettext_lazy("Name in full"), lambda row: row.page.full_name),
        Column("field", gettext_lazy("Field"), lambda row: row.shown["field"]),
        Column("level", gettext_lazy("Level"), lambda row: row.item.state.level),
        Column("extent", gettext_lazy("Online extent"), lambda row: row.item.state.extent, _extent),
        Column("units", gettext_lazy("Executing units"), lambda row: "; ".join(row.item.units), _units),
        Column("agency", gettext_lazy("Executing agency"), lambda row: row.page.agency_text),
        Column(
            "government",
            gettext_lazy("Level of government"),
            lambda row: ", ".join(row.item.fixed["government"]),
            lambda row: ", ".join(tier_names(row.item.fixed["government"])),
        ),
        Column("time_limit", gettext_lazy("Time limit"), lambda row: row.shown["time"]),
        Column("fee", gettext_lazy("Fee"), lambda row: row.shown["fee"]),
        Column("apply_url", gettext_lazy("Where to apply online"), lambda row: row.page.apply_url),
        Column("url", gettext_lazy("Page on this portal"), lambda row: row.shown["url"]),
        Column("online_payment", gettext_lazy("Online payment"), lambda row: row.item.state.payment, _payment),
        Column("level_since", gettext_lazy("Level since"), lambda row: row.since, lambda row: vn_date(row.since)),
        Column("level_decision", gettext_lazy("Decision on the level"), lambda row: row.decision),
    )
}
#: what a table on a page shows where no columns are asked for; files have all
SHOWN = ("title", "code", "field", "level", "level_since", "level_decision", "agency")


def column_choices() -> list[tuple[str, Any]]:
    return [(column.name, column.label) for column in COLUMNS.values()]


def chosen_columns(names: Iterable[str], default: Iterable[str] = COLUMNS) -> list[Column]:
    """The columns asked for, in the order in which files have them; those of `default` where none is."""
    wanted = set(names) or set(default)
    return [column for column in COLUMNS.values() if column.name in wanted]


def shown_columns(names: Iterable[str]) -> list[Column]:
    """The columns of a table on a page: as `chosen_columns`, but the name, by which a row is known, comes first."""
    return sorted(chosen_columns(names, SHOWN), key=lambda column: column.name != "title")


def shown_cells(row: Row, columns: Sequence[Column]) -> list[dict[str, Any]]:
    """Cells of a table on a page; the name leads to the service, the level is a badge."""
    cells = []
    for column in columns:
        cell = {"name": column.name, "label": column.label, "text": column.shown(row)}
        if column.name in {"title", "url", "apply_url"}:
            cell["url"] = row.page.apply_url if column.name == "apply_url" else row.shown["url"]
        if column.name == "level":
            cell["level"] = {"level": row.item.state.level}
        cells.append(cell)
    return cells


def file_rows(
    rows: Iterable[Row], columns: Sequence[Column], absolute: Callable[[str], str]
) -> Iterator[list[Any]]:
    """Cells of a download; `absolute` makes the whole address of a page from its path."""
    for row in rows:
        yield [absolute(row.shown["url"]) if column.name == "url" else column.value(row) for column in columns]
