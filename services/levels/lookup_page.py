"""The staff's look-up of levels: what its template shows, by the filters of the public catalogue."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from core.exports import Table
from core.facets import Selection
from core.listing import Link, Listing, facet_groups, page_number, paginate
from core.page_cache import today
from departments.vocabularies import unit_names
from services import rates
from services.catalogue import CatalogueItem, own_locale
from services.filters import CatalogueQuery
from services.lookup.columns import chosen_columns, file_rows, shown_cells, shown_columns
from services.lookup.rows import table_rows
from services.lookup.totals import level_totals, units_by_field
from services.models.index import presets
from services.national.levels import LevelConflict, conflict

#: rows of a page
PAGE_SIZE = 100
FORMATS = ("csv", "xlsx", "json")


def selection_of(filters: CatalogueQuery) -> Selection[CatalogueItem]:
    """The services of a valid look-up, in the portal's own language."""
    return filters.select(filters.catalogue(own_locale()))


def rate_of(filters: CatalogueQuery) -> rates.LevelRate:
    """The rate among what a valid look-up would list whatever its level, as the public catalogue counts it."""
    counted = filters.select(filters.catalogue(own_locale()), without=("level", "extent", "payment")).items
    names = unit_names()
    units = tuple(names.get(unit, unit) for unit in filters.chosen["unit"]) or (_("all units"),)
    return rates.level_rate(counted, units, filters.day)


def page_context(request: HttpRequest, filters: CatalogueQuery) -> dict[str, Any]:
    """Rows, totals and filters of a valid look-up; MalformedQuery or 404 where the page number is none."""
    selection = selection_of(filters)
    listing = paginate(filters, selection.total, page_number(request), PAGE_SIZE)
    listing.formats = FORMATS
    listing.facets = facet_groups(filters, selection.counts)
    listing.quick = _quick_links(filters)
    columns = shown_columns(filters.cleaned_data["columns"])
    shown = selection.items[listing.first - 1 : listing.last] if listing.total else []
    items = filters.catalogue(own_locale())
    listing.rows = [
        {
            "procedure": row.item.procedure_id,
            "title": row.item.title,
            "cells": shown_cells(row, columns),
            "conflict": _conflict(row.item) if filters.day == today() else None,
        }
        for row in table_rows(shown, own_locale())
    ]
    return {
        "listing": listing,
        "columns": columns,
        "column_choices": filters["columns"],
        "levels": level_totals(items, selection),
        "matrix": units_by_field(items, selection),
        "rate": rates.presented(rate_of(filters)),
        "query": filters.query().lstrip("?"),
    }


def _conflict(item: CatalogueItem) -> LevelConflict | None:
    """The national list speaks of the service, whichever units the look-up is narrowed to."""
    return conflict(item.procedure_id, item.levels.of_service(item.procedure_id))


def malformed_context(filters: CatalogueQuery, message: str = "") -> dict[str, Any]:
    """The form with what is wrong, and no rows."""
    listing = Listing(filters, 0, 1, 1, PAGE_SIZE)
    if message:
        listing.notes = [{"field": "", "label": "", "message": message}]
    return {"listing": listing, "columns": (), "query": ""}


def _quick_links(filters: CatalogueQuery) -> list[Link]:
    """The questions that are asked most, one click each."""
    path = reverse("levels:lookup")
    asked = sorted(filters.parameters)
    return [
        Link(label, f"{path}?{urlencode(wanted)}", count, asked == sorted(wanted))
        for label, wanted, count in presets(own_locale(), filters.day)
    ]


def table_of(filters: CatalogueQuery, absolute: Any) -> Table:
    """The whole look-up for a download: every column where none is chosen. `absolute` completes addresses."""
    columns = chosen_columns(filters.cleaned_data["columns"])
    rows = file_rows(table_rows(selection_of(filters).items, own_locale()), columns, absolute)
    return Table("muc-do", [column.name for column in columns], rows)
