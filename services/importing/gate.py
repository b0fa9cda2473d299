"""The publish gate asked about a page that exists in memory only."""

from dataclasses import dataclass
from typing import Any

from core.publishing import MissingItem
from services import completeness
from services.models import ServicePage


@dataclass(frozen=True, slots=True)
class _AsStored:
    """A page made of a record: its parts are looked at as they are stored, since building their blocks takes long."""

    page: ServicePage

    def __getattr__(self, name: str) -> Any:
        return getattr(self.page, name)

    @property
    def has_papers(self) -> bool:
        return any(case["value"]["papers"] for case in self.page.cases.raw_data)

    @property
    def has_time_limit(self) -> bool:
        channels = (channel["value"] for channel in self.page.channels.raw_data)
        return any(channel["time_value"] is not None or channel["time_text"].strip() for channel in channels)


def missing_for_first_level(page: ServicePage) -> list[MissingItem]:
    """What a new page lacks whose procedure has no level yet, the same as `ServicePage.missing_items` says of it."""
    return completeness.missing(_AsStored(page), completeness.Requirement())
