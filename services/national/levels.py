"""Conflicts of level or extent between the portal's records and the national list, as of today."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from core.page_cache import per_version
from services.maturity import State
from services.models.maturity import EXTENT_CHOICES
from services.models.national import NationalListing
from services.models.procedures import Procedure, ProcedureAlias


@dataclass(frozen=True, slots=True)
class LevelConflict:
    """What the portal records and what the national list states, in words; `listed_on`: the day of the list."""

    here: str
    there: str
    listed_on: date


def level_contrast(state: State, level: int | None, extent: str | None) -> tuple[str, str] | None:
    """Level or extent where both the portal and the list state one and they differ, each scale by itself."""
    levels_differ = bool(state.level and level and int(state.level) != level)
    extents_differ = bool(state.extent and extent and str(state.extent) != extent)
    if not (levels_differ or extents_differ):
        return None
    return in_words(state.level, state.extent), in_words(level, extent)


def in_words(level: int | None, extent: str | None) -> str:
    """Level 3, partially online."""
    names = dict(EXTENT_CHOICES)
    parts = [
        _("Level %(level)d") % {"level": level} if level else "",
        str(names.get(str(extent), "")) if extent else "",
    ]
    return ", ".join(filter(None, parts))


@per_version
def listed_levels() -> Mapping[int, NationalListing]:
    """What the national list states, by the procedure whose present code, or else whose former one, it names."""
    listings = NationalListing.objects.filter(Q(level__isnull=False) | ~Q(extent=""))
    by_code = {listing.code: listing for listing in listings}
    if not by_code:
        return {}
    former = ProcedureAlias.objects.values_list("procedure_id", "code")
    present = Procedure.objects.values_list("pk", "code")
    return {pk: by_code[code] for codes in (former, present) for pk, code in codes if code in by_code}


def conflict(procedure: int, state: State) -> LevelConflict | None:
    """Between the national list and the state of a procedure today; a new record of a level ends it at once."""
    listing = listed_levels().get(procedure)
    contrast = listing and level_contrast(state, listing.level, listing.extent)
    return LevelConflict(*contrast, listing.listed_on) if contrast else None
