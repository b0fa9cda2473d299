"""Filtering and counting of lists; a facet does not narrow itself.

Lists (services, documents, announcements, search hits) hand over items that know their facet values; nothing here
knows what a facet means. Each value has a bit mask over the positions of the items that have it, so filters are `&`
and `|` of whole lists and counts are numbers of bits.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import compress
from typing import Any, Generic, Protocol, TypeVar


class Faceted(Protocol):
    """Anything with facet values: facet name → values, e.g. {"level": ("3",), "unit": ("pho-lu", "nam-son")}."""

    @property
    def facets(self) -> Mapping[str, Collection[str]]: ...


Item = TypeVar("Item", bound=Faceted)
Chosen = Mapping[str, Collection[str]]
#: the digits 0 and 1 as bytes that are false and true
_AS_BITS = bytes.maketrans(b"01", b"\x00\x01")


@dataclass(slots=True)
class Selection(Generic[Item]):
    """Items that pass all filters, in their order, and for every facet the count of each value."""

    items: list[Item]
    counts: dict[str, Counter[str]] = field(default_factory=dict)
    #: bits at the places that the items have in the whole list
    mask: int = 0

    @property
    def total(self) -> int:
        return len(self.items)


class FacetedList(Sequence[Item]):
    """Items with the masks of their values, which are made when the first filter is asked for."""

    def __init__(self, items: Iterable[Item]) -> None:
        self.items = tuple(items)
        self.everything = (1 << len(self.items)) - 1

    def __len__(self) -> int:
        return len(self.items)

    def __getitem__(self, position: Any) -> Any:
        return self.items[position]

    def __iter__(self) -> Iterator[Item]:
        return iter(self.items)

    @cached_property
    def masks(self) -> dict[str, dict[str, int]]:
        """Facet name → value → bits at the positions of the items that have it."""
        positions: dict[str, dict[tuple[str, ...], list[int]]] = defaultdict(lambda: defaultdict(list))
        for position, item in enumerate(self.items):
            for name, values in item.facets.items():
                positions[name][tuple(values)].append(position)
        masks: dict[str, dict[str, int]] = {}
        for name, places in positions.items():
            of_value = masks[name] = defaultdict(int)
            for values, own in places.items():
                mask = self._mask(own)  # once for all items that have the same values
                for value in values:
                    of_value[value] |= mask
        return {name: dict(of_value) for name, of_value in masks.items()}

    def where(self, passes: Callable[[Item], bool]) -> int:
        """Mask of the items for which a filter that is no facet is true."""
        return self._mask(position for position, item in enumerate(self.items) if passes(item))

    def select(self, chosen: Chosen, names: Collection[str] = (), within: int | None = None) -> Selection[Item]:
        """Items whose values meet every chosen facet (any of its values), with counts for the facets `names`.

        A value's count is the number of items the list would have with that value alone in its facet and all other
        facets as they are. `within` is a mask that narrows the list beforehand.
        """
        base = self.everything if within is None else within
        unions = {name: self._union(name, values) for name, values in chosen.items() if values}
        found = self._all_of(base, unions)
        counts = {}
        for name in names:
            others = {other: mask for other, mask in unions.items() if other != name}
            counted = self._all_of(base, others) if name in unions else found
            counts[name] = self.count(counted, name)
        return Selection(self._at(found), counts, found)

    def count(self, mask: int, name: str) -> Counter[str]:
        """How many of the items of a mask have each value of a facet."""
        numbers = {value: (own & mask).bit_count() for value, own in self.masks.get(name, {}).items()}
        return Counter({value: number for value, number in numbers.items() if number})

    def cross(self, mask: int, name: str, other: str) -> dict[str, Counter[str]]:
        """For each value of a facet, how many of its items of a mask have each value of another facet."""
        found = {value: self.count(own & mask, other) for value, own in self.masks.get(name, {}).items()}
        return {value: numbers for value, numbers in found.items() if numbers}

    def _union(self, name: str, values: Collection[str]) -> int:
        union, masks = 0, self.masks.get(name, {})
        for value in values:
            union |= masks.get(value, 0)
        return union

    @staticmethod
    def _all_of(base: int, masks: Mapping[str, int]) -> int:
        for mask in masks.values():
            base &= mask
        return base

    def _at(self, mask: int) -> list[Item]:
        if mask == self.everything:
            return list(self.items)
        bits = f"{mask:b}"[::-1].encode().translate(_AS_BITS)
        return list(compress(self.items, bits))

    def _mask(self, positions: Iterable[int]) -> int:
        bits = bytearray(len(self.items) // 8 + 1)
        for position in positions:
            bits[position >> 3] |= 1 << (position & 7)
        return int.from_bytes(bits, "little")


def select(items: Iterable[Item], chosen: Chosen, names: Collection[str] = ()) -> Selection[Item]:
    """`FacetedList.select` for any items."""
    return as_faceted(items).select(chosen, names)


def as_faceted(items: Iterable[Item]) -> FacetedList[Item]:
    return items if isinstance(items, FacetedList) else FacetedList(items)
