"""Whether a document holds on a day: from its own dates and from what later documents do to it. Pure.

A document is in force from its day of effect to the end of its last day. One that amends it leaves it partly in
force; one that replaces or repeals it ends it, from the later one's day of effect on.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Validity(StrEnum):
    """Hiệu lực. PARTIAL (hết hiệu lực một phần) goes along with IN_FORCE."""

    IN_FORCE = "in_force"
    PENDING = "pending"
    PARTIAL = "partial"
    EXPIRED = "expired"
    REPLACED = "replaced"


class RelationKind(StrEnum):
    """What a document does to an earlier one: thay thế, sửa đổi, bãi bỏ, đính chính."""

    REPLACES = "replaces"
    AMENDS = "amends"
    REPEALS = "repeals"
    CORRECTS = "corrects"


@dataclass(frozen=True, slots=True)
class Change:
    """What the document `source` (a page's id) does to another one, from the day `begins` on."""

    kind: str
    source: int
    begins: date


@dataclass(frozen=True, slots=True)
class State:
    """Validity on a day. `ended_on` is the first day without force; `by` the change that decides, if one does."""

    validity: Validity
    ended_on: date | None = None
    by: Change | None = None

    @property
    def has_ended(self) -> bool:
        return self.validity in (Validity.EXPIRED, Validity.REPLACED)

    @property
    def facets(self) -> tuple[str, ...]:
        """Values by which lists filter: a document partly in force is found among those in force as well."""
        return (Validity.IN_FORCE, Validity.PARTIAL) if self.validity is Validity.PARTIAL else (self.validity,)


def state_on(effective_on: date | None, expires_on: date | None, changes: Iterable[Change], day: date) -> State:
    """The state of a document on a day. Without a day of effect it holds from its issue on.

    Of several replacements the earliest counts; a replacement counts before a repeal, a repeal before the own end.
    """
    begun = sorted((change for change in changes if change.begins <= day), key=lambda change: change.begins)
    own_end = expires_on + timedelta(days=1) if expires_on and expires_on < day else None
    for kind, validity in ((RelationKind.REPLACES, Validity.REPLACED), (RelationKind.REPEALS, Validity.EXPIRED)):
        ending = next((change for change in begun if change.kind == kind), None)
        if ending:
            return State(validity, min(filter(None, (ending.begins, own_end))), ending)
    if own_end:
        return State(Validity.EXPIRED, own_end)
    if effective_on and effective_on > day:
        return State(Validity.PENDING)
    amending = next((change for change in reversed(begun) if change.kind == RelationKind.AMENDS), None)
    return State(Validity.PARTIAL, by=amending) if amending else State(Validity.IN_FORCE)
