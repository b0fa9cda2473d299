"""What follows from the figures and is kept beside them: which count in variant A, and their sums."""

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Case, Count, F, Max, Q, Sum, When
from django.db.models.functions import Coalesce

from core.page_cache import touch
from services.dossiers.period import last_of
from services.maturity import MaturityLevel, level_on
from services.models.dossiers import COUNTS, DossierFigure, DossierTotal
from services.models.maturity import MaturityRecord

#: rows that one statement writes or names
BATCH = 500


@dataclass(slots=True)
class Levels:
    """Whether units offered procedures at level 3 or 4 in a month, for many of them at once."""

    records: dict[int, list[MaturityRecord]]

    @classmethod
    def of(cls, procedures: Collection[int]) -> "Levels":
        records: dict[int, list[MaturityRecord]] = {}
        if not procedures:
            return cls(records)
        found = MaturityRecord.objects.valid().order_by()
        if len(procedures) <= BATCH:
            found = found.filter(procedure__in=procedures)
        for record in found.only("procedure_id", "unit_id", "date", "level", "extent"):
            records.setdefault(record.procedure_id, []).append(record)
        return cls(records)

    def online(self, procedure: int | None, unit: int, month: datetime.date) -> bool:
        """By the level in force at the end of the month (NĐ 43/2011 Điều 3); rows of whole fields always count."""
        if procedure is None:
            return True
        level = level_on(self.records.get(procedure, []), last_of(month), unit)
        return (level or 0) >= MaturityLevel.ONLINE_SUBMISSION


@transaction.atomic
def follow_levels(procedures: Collection[int]) -> int:
    """After levels of procedures were recorded or annulled: set what counts in variant A; the rows changed."""
    figures = DossierFigure.objects.filter(is_current=True, procedure__in=procedures).order_by()
    figures = list(figures.only("unit_id", "field_id", "procedure_id", "month", "at_online_level"))
    levels = Levels.of({figure.procedure_id for figure in figures})
    changed = []
    for figure in figures:
        is_online = levels.online(figure.procedure_id, figure.unit_id, figure.month)
        if is_online != figure.at_online_level:
            figure.at_online_level = is_online
            changed.append(figure)
    DossierFigure.objects.bulk_update(changed, ["at_online_level"], batch_size=BATCH)
    add_up(changed)
    return len(changed)


def level_recorded(sender: type, instance: MaturityRecord, **kwargs: Any) -> None:
    """Receiver: a level was recorded or annulled."""
    follow_levels([instance.procedure_id])


@transaction.atomic
def add_up(figures: Iterable[DossierFigure]) -> None:
    """Make the sums anew in which these figures are."""
    months: dict[datetime.date, set[int]] = {}
    fields: set[int] = set()
    for figure in figures:
        months.setdefault(figure.month, set()).add(figure.unit_id)
        fields.add(figure.field_id)
    for month, units in months.items():
        place = {"month": month, "unit__in": units, "field__in": fields}
        DossierTotal.objects.filter(**place).delete()
        rows = _sums(DossierFigure.objects.filter(is_current=True, **place))
        DossierTotal.objects.bulk_create(DossierTotal(**row) for row in rows)
    if months:
        touch()


def _sums(figures):
    is_online = Q(at_online_level=True)
    numbers = {name: Sum(name) for name in COUNTS}
    counted = {
        "counted_online": Coalesce(Sum("received_online", filter=is_online), 0),
        "counted_in_person": Coalesce(Sum("received_in_person", filter=is_online), 0),
        "counted_whole": Coalesce(
            Sum(Case(When(procedure__isnull=True, then=F("received_online") + F("received_in_person")), default=0)),
            0,
        ),
        "samples": Count("pk", filter=Q(source__is_sample=True)),
    }
    return (
        figures.order_by()
        .values("unit_id", "field_id", "month")
        .annotate(**counted, **numbers, latest=Max("source__imported_at"))
    )
