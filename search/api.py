"""Search in the read API: the answers of the results page, with the same filters, order and counts."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router
from pydantic import Field

from core.addresses import page_urls
from core.languages import locale_of
from core.listing import facet_groups
from core.read_api.openapi import UNAVAILABLE
from core.read_api.paging import part_of
from core.read_api.parameters import described, read_filters, wanted_language
from core.read_api.problems import BadParameters, Unavailable
from core.read_api.schemas import Answer, Item, Listed, part
from search.engines import engine
from search.forms import SearchFilter
from search.hits import Extract, extracts
from search.kinds import Known
from search.query import Hit, search

router = Router(tags=["search"])


class ExtractSegment(Answer):
    text: str
    found: bool = Field(description="A word that was asked for.")


class SearchHit(Item):
    """A page that answers the question."""

    kind: str = Field(description="Name of its kind, by which `kind` filters.")
    title: str
    code: str | None = Field(description="Code of the procedure, where the hit is a service.")
    reference: str | None = Field(description="Number and symbol, where the hit is an official document.")
    file: str | None = Field(description="The file that the extract is from, where the page itself says nothing.")
    extract: str = Field(description="Plain text of about 200 characters round what was found.")
    segments: list[ExtractSegment] = Field(description="The same extract in pieces; together they are the extract.")


class FacetValue(Answer):
    value: str
    label: str
    count: int = Field(description="Hits with this value, whatever else of its facet is asked for.")


class SearchFacetCounts(Answer):
    name: str = Field(description="Name of the parameter that filters by it.")
    label: str
    values: list[FacetValue]


class SearchResults(Listed[SearchHit]):
    """Hits, best first."""

    is_capped: bool = Field(description="More pages answer than were fetched: `total` says at least so many.")
    facets: list[SearchFacetCounts]


@router.get(
    "",
    response=SearchResults,
    summary="Search all content",
    operation_id="search",
    openapi_extra=described(SearchFilter().fields, required=["q"]) | UNAVAILABLE,
)
def search_all(request: HttpRequest) -> Any:
    """Pages that answer the question `q`, best first: typed with marks or without; a code or number finds its page."""
    filters = read_filters(request, lambda data, locale: SearchFilter(data))
    if not request.GET.get("q"):
        raise BadParameters([("q", _("The question is missing."))])
    if not engine().is_available:
        raise Unavailable(_("Search does not run at the moment."))
    results = search(filters.question, locale_of(wanted_language(request)), filters.chosen)
    found = part_of(results.items, request, "search", lambda hit: (-hit.score, hit.page_id))
    answer = part(found, hits(found.items, request))
    return answer | {"is_capped": results.is_capped, "facets": facets(filters, results.counts)}


def facets(filters: SearchFilter, counts: Mapping[str, Any]) -> list[SearchFacetCounts]:
    groups = [group for group in facet_groups(filters, dict(counts)) if group.kind == "checkbox"]
    return [
        SearchFacetCounts(
            name=group.name,
            label=group.label,
            values=[
                FacetValue(value=value.value, label=value.label, count=value.count)
                for value in (*group.values, *group.hidden_values)
            ],
        )
        for group in groups
    ]


#: name of a kind → what it adds to its hits, by page id
_particulars: dict[str, Callable[[Sequence[Known]], Mapping[int, dict[str, str]]]] = {}


def add_particulars(kind: str, function: Callable[[Sequence[Known]], Mapping[int, dict[str, str]]]) -> None:
    """What hits of a kind carry beside what all have: `code` or `reference`, by page id."""
    _particulars[kind] = function


def hits(found: Sequence[Hit], request: HttpRequest) -> list[SearchHit]:
    added: dict[int, dict[str, str]] = {}
    for kind, particulars in _particulars.items():
        added.update(particulars([hit.entry for hit in found if hit.kind == kind]))
    urls, cut = page_urls([hit.page_id for hit in found], request), extracts(found, width=200)
    return [
        hit_of(hit.entry, request.build_absolute_uri(urls[hit.page_id]), added.get(hit.page_id, {}), cut[hit.page_id])
        for hit in found
        if hit.page_id in urls
    ]


def hit_of(entry: Known, url: str, added: Mapping[str, str], said: Extract) -> SearchHit:
    return SearchHit(
        id=entry.pk,
        url=url,
        kind=entry.kind,
        title=entry.title,
        code=added.get("code"),
        reference=added.get("reference"),
        file=said.file or None,
        extract="".join(piece.text for piece in said.segments),
        segments=[ExtractSegment(text=piece.text, found=piece.marked) for piece in said.segments],
    )
