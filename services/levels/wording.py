"""Levels in words, for the staff."""

from django.utils.translation import gettext as _

from services.models.maturity import EXTENT_CHOICES, LEVEL_CHOICES


def in_words(level: int | None, extent: str | None) -> str:
    """Level and extent in one line: "Mức 3, một phần"."""
    found = [dict(LEVEL_CHOICES).get(level), dict(EXTENT_CHOICES).get(extent)]
    return ", ".join(str(part) for part in found if part) or _("not determined")
