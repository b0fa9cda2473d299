"""sitemap.xml: every readable page with its public address and its other languages."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.xmlutils import SimplerXMLGenerator
from wagtail.models import Page

from core.addresses import index_address
from core.models import BasePage

NAMESPACES = {
    "xmlns": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "xmlns:xhtml": "http://www.w3.org/1999/xhtml",
}
#: the protocol's own limit for one file
LARGEST = 50_000


def sitemap(request: HttpRequest) -> HttpResponse:
    response = HttpResponse(content_type="application/xml; charset=utf-8")
    xml = SimplerXMLGenerator(response, "utf-8")
    xml.startDocument()
    xml.startElement("urlset", NAMESPACES)
    for location, changed, alternates in _locations(request):
        xml.startElement("url", {})
        xml.addQuickElement("loc", location)
        if changed:
            xml.addQuickElement("lastmod", changed.date().isoformat())
        for language, url in alternates:
            xml.addQuickElement("xhtml:link", "", {"rel": "alternate", "hreflang": language, "href": url})
        xml.endElement("url")
    xml.endElement("urlset")
    xml.endDocument()
    return response


def _locations(request: HttpRequest) -> Iterator[tuple[str, Any, list[tuple[str, str]]]]:
    """(address, last change, other languages) of every readable page; few queries whatever the number of pages."""
    pages = Page.objects.live().public().filter(depth__gt=1, alias_of__isnull=True).order_by("pk")
    pages = pages.select_related("locale", "content_type")[:LARGEST]
    urls = {page.pk: request.build_absolute_uri(url) for page in pages if (url := _address(page, request))}
    twins: dict[Any, list[tuple[str, str]]] = defaultdict(list)
    for page in pages:
        if page.pk in urls:
            twins[page.translation_key].append((page.locale.language_code, urls[page.pk]))
    for page in pages:
        if page.pk in urls:
            alternates = twins[page.translation_key]
            yield urls[page.pk], page.last_published_at, alternates if len(alternates) > 1 else []


def _address(page: Page, request: HttpRequest) -> str | None:
    model = page.specific_class
    index = getattr(model, "index_model", None) if model and issubclass(model, BasePage) else None
    if index is None:
        return page.get_url(request)
    address = index_address(index, page.locale_id)
    return f"{address.path}{page.slug}/" if address else None
