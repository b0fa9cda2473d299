"""Filtering and counting of lists in one pass; a facet does not narrow itself.

Lists (services, documents, announcements, search hits) hand over items that know their facet values; nothing here
knows what a facet means.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar


class Faceted(Protocol):
    """Anything with facet values: facet name → values, e.g. {"level": ("3",), "unit": ("pho-lu", "nam-son")}."""

    @property
    def facets(self) -> Mapping[str, Collection[str]]: ...


Item = TypeVar("Item", bound=Faceted)
Chosen = Mapping[str, Collection[str]]


@dataclass(slots=True)
class Selection(Generic[Item]):
    """Items that pass all filters, in their order, and for every facet the count of each value."""

    items: list[Item]
    counts: dict[str, Counter[str]] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return len(self.items)


def select(items: Iterable[Item], chosen: Chosen, names: Collection[str] = ()) -> Selection[Item]:
    """Items whose values meet every chosen facet (any of its values), with counts for the facets `names`.

    A value's count is the number of items the list would have with that value alone in its facet and all other
    facets as they are.
    """
    active = {name: frozenset(values) for name, values in chosen.items() if values}
    result: Selection[Item] = Selection([], {name: Counter() for name in names})
    for item in items:
        failed = [name for name, values in active.items() if values.isdisjoint(item.facets.get(name, ()))]
        if not failed:
            result.items.append(item)
            for name, counter in result.counts.items():
                counter.update(item.facets.get(name, ()))
        elif len(failed) == 1 and failed[0] in result.counts:
            result.counts[failed[0]].update(item.facets.get(failed[0], ()))
    return result
