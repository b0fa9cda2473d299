"""Conflicts of level or extent between the portal's records and the national list, as of today."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from core.page_cache import today
from services.maturity import extent_on, level_on
from services.models.maturity import EXTENT_CHOICES, MaturityRecord
from services.models.national import NationalListing
from services.models.procedures import Procedure


@dataclass(frozen=True, slots=True)
class LevelConflict:
    """What the portal records and what the national list states, in words; `listed_on`: the day of the list."""

    here: str
    there: str
    listed_on: date


def level_contrast(
    records: Iterable[MaturityRecord], level: int | None, extent: str | None, day: date
) -> tuple[str, str] | None:
    """Level or extent where both the portal and the list state one and they differ, each scale by itself."""
    records = list(records)
    ours, our_extent = level_on(records, day), extent_on(records, day)
    levels_differ = bool(ours and level and int(ours) != level)
    extents_differ = bool(our_extent and extent and str(our_extent) != extent)
    if not (levels_differ or extents_differ):
        return None
    return in_words(ours, our_extent), in_words(level, extent)


def in_words(level: int | None, extent: str | None) -> str:
    """Level 3, partially online."""
    names = dict(EXTENT_CHOICES)
    parts = [
        _("Level %(level)d") % {"level": level} if level else "",
        str(names.get(str(extent), "")) if extent else "",
    ]
    return ", ".join(filter(None, parts))


def conflicts(procedures: Iterable[int] | None = None) -> dict[int, LevelConflict]:
    """Conflicts by procedure, of those asked for or of all; a new record of a level ends one at once."""
    listings = {listing.code: listing for listing in NationalListing.objects.all()}
    if not listings:
        return {}
    asked = Procedure.objects.prefetch_related("maturity_records", "aliases")
    if procedures is not None:
        asked = asked.filter(pk__in=procedures)
    found = {}
    for procedure in asked:
        codes = [procedure.code, *(alias.code for alias in procedure.aliases.all())]
        listing = next((listings[code] for code in codes if code in listings), None)
        contrast = listing and level_contrast(procedure.counting_records, listing.level, listing.extent, today())
        if contrast:
            found[procedure.pk] = LevelConflict(*contrast, listing.listed_on)
    return found
