"""Rows with a version, of which an outside engine was told another one."""

from collections.abc import Iterable, Mapping
from typing import Any, Self

from django.db import models
from django.db.models import F, Q

WAITING = Q(version__gt=F("pushed_version"))


class VersionedQuerySet(models.QuerySet[Any]):
    def waiting(self) -> Self:
        """Those that the outside engine does not have yet in their present version."""
        return self.filter(WAITING)

    def mark_pushed(self, versions: Mapping[int, int]) -> None:
        """The engine has these versions (by page). A row that has changed since goes on waiting."""
        by_version: dict[int, list[int]] = {}
        for page_id, version in versions.items():
            by_version.setdefault(version, []).append(page_id)
        for version, page_ids in by_version.items():
            self.filter(pk__in=page_ids, pushed_version__lt=version).update(pushed_version=version)

    def versions(self, page_ids: Iterable[int]) -> dict[int, int]:
        return dict(self.filter(pk__in=list(page_ids)).values_list("pk", "version"))
