"""Which services and which records of levels: methods that read as a sentence."""

from typing import Self

from django.db import models

from core.querysets import ReadableQuerySet


class ServicePageQuerySet(ReadableQuerySet):
    """Public services."""


class MaturityRecordQuerySet(models.QuerySet):
    """Records of levels, those that were annulled included."""

    def valid(self) -> Self:
        """What counts: records that nobody annulled."""
        return self.filter(annulled_at__isnull=True)
