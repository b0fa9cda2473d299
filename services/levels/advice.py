"""What the staff is told about a record before it is stored: what contradicts itself, and what would fit."""

from django.utils.translation import gettext as _

from services.maturity import OnlineExtent, level_reached, proposed_extent, warnings
from services.models.maturity import EXTENT_CHOICES, LEVEL_CHOICES, MaturityRecord, warning_words


def advice(record: MaturityRecord) -> list[str]:
    """Sentences on a record: its contradictions, then the other scale's value where none was given."""
    has_fee = not _is_free(record)
    found = [warning_words(warning) for warning in warnings(record.level, record.extent, record.flags, has_fee=has_fee)]
    return [*found, *_proposals(record, has_fee)]


def _proposals(record: MaturityRecord, has_fee: bool) -> list[str]:
    if record.extent is None and (extent := proposed_extent(record.level, record.flags, has_fee=has_fee)):
        return [
            _("Online extent that would fit: %(extent)s.")
            % {"extent": dict(EXTENT_CHOICES)[OnlineExtent(extent).value]}
        ]
    if record.level is None and (level := level_reached(record.flags, has_fee=has_fee)):
        return [_("Proposed level: %(level)s.") % {"level": dict(LEVEL_CHOICES)[int(level)]}]
    return []


def _is_free(record: MaturityRecord) -> bool:
    """True where a live page says that the procedure costs nothing."""
    return any(page.is_free for page in record.procedure.live_pages)
