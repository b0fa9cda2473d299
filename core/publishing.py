"""The publish gate: what a page lacks before it may be read by everybody.

One place for every door (editor, bulk action, schedule, workflow, import, code): `BasePage.save` asks
`refuse_incomplete`, and a receiver asks it for pages that are scheduled.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.functional import Promise

if TYPE_CHECKING:
    from core.models import BasePage


@dataclass(frozen=True, slots=True)
class MissingItem:
    """One thing that a page lacks: a stable key, the field an editor must fill, and the sentence shown, maybe lazy."""

    key: str
    field: str
    sentence: str | Promise

    @property
    def message(self) -> str:
        return str(self.sentence)


class PublishRefused(ValidationError):
    """The page may not go live. `items` has what is missing."""

    def __init__(self, items: Iterable[MissingItem]) -> None:
        self.items = tuple(items)
        super().__init__({"__all__": [item.message for item in self.items]})


def refuse_incomplete(page: "BasePage") -> None:
    """Raise PublishRefused where `page` lacks more than its live version already lacks.

    A live page may be saved with what it lacked before, so that a typing error can be mended; it may not get worse.
    """
    items = page.missing_items()
    if not items:
        return
    tolerated = {item.key for item in page.missing_when_live()}
    if any(item.key not in tolerated for item in items):
        raise PublishRefused(items)
