"""Which services and which records of levels: methods that read as a sentence."""

import datetime
from collections.abc import Collection
from typing import Self

from django.db import models
from django.db.models import Count, Max, Sum

from core.querysets import ReadableQuerySet
from services.dossiers.period import Period

#: numbers of `DossierTotal` that are added up
SUMMED = (
    "received_online",
    "received_in_person",
    "received_by_post",
    "finished_early",
    "finished_on_time",
    "finished_late",
    "counted_online",
    "counted_in_person",
    "counted_whole",
    "samples",
)


class ServicePageQuerySet(ReadableQuerySet):
    """Public services."""


class MaturityRecordQuerySet(models.QuerySet):
    """Records of levels, those that were annulled included."""

    def valid(self) -> Self:
        """What counts: records that nobody annulled."""
        return self.filter(annulled_at__isnull=True)


#: failed checks on different days after which an address counts as failing
TRIES = 3
#: an address is asked for at most once in this time
BETWEEN_CHECKS = datetime.timedelta(days=1)


class LinkCheckQuerySet(models.QuerySet):
    """Checks of addresses."""

    def failing(self) -> Self:
        return self.filter(tries__gte=TRIES)

    def due(self, now: datetime.datetime) -> Self:
        """Not asked for within a day; those never asked for first, then those asked for longest ago."""
        waiting = self.filter(models.Q(checked_at__isnull=True) | models.Q(checked_at__lte=now - BETWEEN_CHECKS))
        return waiting.order_by(models.F("checked_at").asc(nulls_first=True), "pk")


class DossierTotalQuerySet(models.QuerySet):
    """Sums of dossier figures."""

    def within(self, period: Period) -> Self:
        return self.filter(month__range=(period.first, period.last))

    def of(
        self,
        *,
        units: Collection[str] | None = None,
        kinds: Collection[str] | None = None,
        fields: Collection[str] | None = None,
    ) -> Self:
        """Those of these units and fields, by their short words, and kinds of units; None: of all."""
        asked = {"unit__slug__in": units, "unit__kind__in": kinds, "field__slug__in": fields}
        return self.filter(**{name: values for name, values in asked.items() if values is not None})

    def summed(self, *by: str) -> models.QuerySet:
        """One row for each value of the columns `by`: the sums, when a file changed them last, months that have any."""
        sums = {name: Sum(name) for name in SUMMED}
        return self.order_by().values(*by).annotate(**sums, latest=Max("latest"), months=Count("month", distinct=True))
