"""What provisioning did, or would do, for whoever started it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field


@dataclass(slots=True)
class Report:
    """Names of groups, collections and units; rights are in words, under the name of their group."""

    dry_run: bool = False
    units: int = 0
    groups_made: list[str] = field(default_factory=list)
    groups_renamed: list[str] = field(default_factory=list)
    groups_deleted: list[str] = field(default_factory=list)
    collections_made: list[str] = field(default_factory=list)
    collections_renamed: list[str] = field(default_factory=list)
    given: dict[str, int] = field(default_factory=dict)
    taken: dict[str, list[str]] = field(default_factory=dict)
    #: beyond the roles, and kept
    by_hand: dict[str, list[str]] = field(default_factory=dict)
    #: other groups that may publish past the workflow
    publishing: list[str] = field(default_factory=list)
    without_section: list[str] = field(default_factory=list)
    ended: list[str] = field(default_factory=list)

    @property
    def changes(self) -> int:
        """Number of groups, collections and rights that were made, renamed, given or taken away."""
        named = (self.groups_made, self.groups_renamed, self.groups_deleted)
        named += (self.collections_made, self.collections_renamed)
        return sum(self.given.values()) + sum(map(len, (*named, *self.taken.values())))

    def lines(self) -> Iterator[str]:
        yield f"{self.units} units with a section"
        yield from _listed("group made", self.groups_made)
        yield from _listed("group renamed", self.groups_renamed)
        yield from _listed("group deleted", self.groups_deleted)
        yield from _listed("collection made", self.collections_made)
        yield from _listed("collection renamed", self.collections_renamed)
        yield from (f"{group}: {number} rights given" for group, number in self.given.items())
        yield from _by_group("taken away", self.taken)
        yield from _by_group("given by hand, kept", self.by_hand)
        yield from _listed("may publish past the workflow", self.publishing)
        yield from _listed("unit has ended", self.ended)
        yield from _listed("unit has no section", self.without_section)
        verb = "would change" if self.dry_run else "changed"
        yield f"{self.changes} things {verb}" if self.changes else "nothing to change"


def _listed(what: str, names: Iterable[str]) -> Iterator[str]:
    return (f"{what}: {name}" for name in names)


def _by_group(what: str, rights: dict[str, list[str]]) -> Iterator[str]:
    return (f"{group}: {what}: {right}" for group, words in rights.items() for right in words)
