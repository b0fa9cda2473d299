"""Further doors to the same answers: a feed of a question, and the description by which browsers learn to search."""

from collections.abc import Iterator, Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.addresses import page_urls
from core.exports import FeedEntry, as_moment, atom_response
from search.models import SearchEntry
from search.query import Hit

FEED_SIZE = 50


@require_safe
def opensearch(request: HttpRequest) -> HttpResponse:
    """OpenSearch 1.1 description of the portal's search in the language of the address."""
    found = request.build_absolute_uri(reverse("search"))
    context = {"results": found, "language": translation.get_language()}
    kind = "application/opensearchdescription+xml; charset=utf-8"
    return render(request, "search/opensearch.xml", context, content_type=kind)


def feed(request: HttpRequest, question: str, hits: Sequence[Hit]) -> HttpResponse:
    """The first hits of a question as an Atom feed, best first."""
    title = _("Search for “%(query)s”") % {"query": question}
    return atom_response(request, title, translation.get_language() or "vi", _entries(request, hits[:FEED_SIZE]))


def _entries(request: HttpRequest, hits: Sequence[Hit]) -> Iterator[FeedEntry]:
    ids = [hit.page_id for hit in hits]
    entries = SearchEntry.objects.filter(pk__in=ids).only("title", "summary", "date", "changed_at").in_bulk()
    urls = page_urls(ids, request)
    for page_id in ids:
        if (entry := entries.get(page_id)) and (url := urls.get(page_id)):
            updated = as_moment(entry.date) if entry.date else entry.changed_at
            yield FeedEntry(entry.title, request.build_absolute_uri(url), entry.summary, updated)
