"""The results page as a listing: kinds as pills; the question itself is no filter that could be taken off."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from core.listing import Facet, Link, Listing, facet_groups
from search.kinds import all_kinds
from search.query import Results

PAGE_SIZE = 10
#: carried on by links and by the form, not filters of the column
KEPT = ("q", "kind")


@dataclass(slots=True)
class ResultsListing(Listing):
    is_capped: bool = False

    @property
    def chips(self) -> list[Link]:
        """Facets in use, each with the address of the results without it."""
        return [
            Link(label, self.filters.query(drop=(name, value)))
            for name, value in self.filters.parameters
            if name not in KEPT and (label := self._chip_label(name, value))
        ]

    @property
    def clear_url(self) -> str:
        facets = tuple(name for name in self.filters.fields if name not in KEPT)
        return self.filters.query(without=facets)

    @property
    def hidden(self) -> list[dict[str, str]]:
        return [{"name": name, "value": value} for name, value in self.filters.parameters if name in KEPT]


def facet_column(filters: Any, results: Results | None = None) -> list[Facet]:
    counts = results.counts if results else {}
    return [group for group in facet_groups(filters, counts) if group.name not in KEPT]


def kind_links(filters: Any, results: Results) -> list[Link]:
    """All kinds, then each with hits, what most people look for first; a choice of a kind keeps the other filters."""
    counts, chosen = results.counts["kind"], filters.chosen["kind"]
    links = [Link(_("All"), filters.query(without=("kind",)), sum(counts.values()), current=not chosen)]
    for kind in sorted(all_kinds(), key=lambda kind: not kind.leads):
        if counts[kind.name] or kind.name in chosen:
            url = filters.query(without=("kind",), kind=kind.name)
            links.append(Link(str(kind.label), url, counts[kind.name], current=kind.name in chosen))
    return links if len(links) > 2 or chosen else []
