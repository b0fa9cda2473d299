"""Totals of a selection of services: by level, and by field and unit."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from core.facets import FacetedList, Selection
from core.text import fold
from departments.vocabularies import field_names, unit_names
from services.catalogue import UNKNOWN, CatalogueItem

LEVELS = ("4", "3", "2", "1")


@dataclass(frozen=True, slots=True)
class LevelTotal:
    """Services at exactly a level, and at it or above (NĐ 43/2011 Điều 3: a level has all that lower ones offer).

    `level` None: not determined, which is above nothing, so that `or_above` is None.
    """

    level: int | None
    exact: int
    or_above: int | None


def level_totals(items: FacetedList[CatalogueItem], selection: Selection[CatalogueItem]) -> list[LevelTotal]:
    """Level 4 first; the undetermined last, where there are any."""
    counts, above, rows = items.count(selection.mask, "level"), 0, []
    for level in LEVELS:
        above += counts[level]
        rows.append(LevelTotal(int(level), counts[level], above))
    if counts[UNKNOWN]:
        rows.append(LevelTotal(None, counts[UNKNOWN], None))
    return rows


@dataclass(frozen=True, slots=True)
class Matrix:
    """Numbers of services by unit (rows) and field (columns).

    A service that several units execute stands in the row of each, so that rows do not add up to `totals`.
    """

    fields: Sequence[str]
    rows: Sequence[dict[str, Any]]
    totals: Sequence[int]
    total: int


def units_by_field(items: FacetedList[CatalogueItem], selection: Selection[CatalogueItem]) -> Matrix | None:
    """The matrix of a selection; None where none of its services has a unit."""
    found = items.cross(selection.mask, "unit", "field")
    if not found:
        return None
    numbers = items.count(selection.mask, "field")
    fields, units = _by_name(numbers, field_names()), _by_name(found, unit_names())
    rows = [
        {"name": name, "numbers": [found[unit][field] for field, _name in fields], "total": found[unit].total()}
        for unit, name in units
    ]
    return Matrix([name for _field, name in fields], rows, [numbers[field] for field, _name in fields], selection.total)


def _by_name(slugs: Counter[str] | dict[str, Any], names: dict[str, str]) -> list[tuple[str, str]]:
    return sorted(((slug, names.get(slug, slug)) for slug in slugs), key=lambda pair: fold(pair[1]))
