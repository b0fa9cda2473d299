"""Figures written to the database: new ones, and corrections beside what they replace."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from core.page_cache import touch
from services.dossiers.totals import BATCH, Levels, add_up
from services.models.dossiers import COUNTS, DossierFigure, StatisticsImport

#: unit, month, procedure or None, field
Key = tuple[int, date, int | None, int]


@dataclass(frozen=True, slots=True)
class Stored:
    """The current figures of one key."""

    pk: int
    counts: tuple[int, ...]
    is_sample: bool


def key_of(unit: int, month: date, procedure: int | None, field: int) -> Key:
    return (unit, month, procedure, field)


def current(units: Iterable[int], months: Iterable[date]) -> dict[Key, Stored]:
    """Current figures of these units in these months."""
    months = list(months)
    if not months:
        return {}
    rows = DossierFigure.objects.filter(
        is_current=True, unit__in=set(units), month__range=(min(months), max(months))
    ).order_by()
    columns = ("pk", "unit_id", "month", "procedure_id", "field_id", "source__is_sample", *COUNTS)
    wanted = set(months)
    return {
        (unit, month, procedure, field): Stored(pk, tuple(counts), is_sample)
        for pk, unit, month, procedure, field, is_sample, *counts in rows.values_list(*columns)
        if month in wanted
    }


@transaction.atomic
def write(
    figures: Sequence[tuple[Key, tuple[int, ...]]], replaced: Mapping[Key, Stored], **source: Any
) -> StatisticsImport:
    """Store figures under one import (fields of `StatisticsImport`); those replaced stay as history."""
    imported = StatisticsImport.objects.create(**source)
    old = [stored.pk for stored in replaced.values()]
    for start in range(0, len(old), BATCH):
        DossierFigure.objects.filter(pk__in=old[start : start + BATCH]).update(is_current=False)
    levels = Levels.of({procedure for (_unit, _month, procedure, _field), _counts in figures if procedure})
    rows = []
    for key, counts in figures:
        unit, month, procedure, field = key
        rows.append(
            DossierFigure(
                unit_id=unit,
                month=month,
                procedure_id=procedure,
                field_id=field,
                at_online_level=levels.online(procedure, unit, month),
                source=imported,
                replaces_id=replaced[key].pk if key in replaced else None,
                **dict(zip(COUNTS, counts, strict=True)),
            )
        )
    DossierFigure.objects.bulk_create(rows, batch_size=BATCH)
    add_up(rows)
    touch()
    return imported
