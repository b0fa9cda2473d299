"""Serving a list: page, downloads and errors of every index go through here."""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from core.exports import FeedEntry, Table, atom_response, csv_response, json_response, xlsx_response
from core.facets import Selection, select
from core.filters import ListFilter
from core.listing import FORMATS, Link, Listing, MalformedQuery, facet_groups, page_number, paginate
from core.models.pages import IndexPageMixin

#: entries of a feed
FEED_SIZE = 50


class ListIndexMixin(IndexPageMixin):
    """An index page that lists its kind with filters: subclasses say which items there are and how a row looks.

    Items carry `facets` (see core.facets) and `page_id`. The same selection feeds the page, the downloads and the API.
    """

    filter_class: ClassVar[type[ListFilter]]
    page_size: ClassVar[int] = 20

    def filters(self, request: HttpRequest) -> ListFilter:
        return self.filter_class(request.GET)

    def size(self, filters: ListFilter) -> int:
        """Rows a page."""
        return self.page_size

    def items(self, filters: ListFilter) -> Iterable[Any]:
        """All readable items of this index's language, in the order of the list; as the filters date it."""
        raise NotImplementedError

    def rows(self, items: Sequence[Any], filters: ListFilter, request: HttpRequest) -> list[Any]:
        """What the template shows of a page of items."""
        raise NotImplementedError

    def table(self, items: Sequence[Any], filters: ListFilter, request: HttpRequest) -> Table:
        raise NotImplementedError

    def newest(self, items: Sequence[Any]) -> Sequence[Any]:
        """The items of the feed: the first ones, where the list begins with the newest."""
        return items[:FEED_SIZE]

    def feed_entries(self, items: Sequence[Any], request: HttpRequest) -> Iterable[FeedEntry]:
        raise NotImplementedError

    def quick_links(self, filters: ListFilter, selection: Selection[Any]) -> list[Link]:
        return []

    def list_context(self, filters: ListFilter, selection: Selection[Any], request: HttpRequest) -> dict[str, Any]:
        """Further values for the template."""
        return {}

    def serve_index(self, request: HttpRequest) -> HttpResponse:
        filters = self.filters(request)
        if not filters.is_valid():
            return self._malformed(request, filters, "")
        try:
            number, wanted = page_number(request), wanted_format(request)
        except MalformedQuery as error:
            return self._malformed(request, filters, str(error))
        selection = filters.select(self.items(filters))
        if wanted:
            return self._download(request, filters, selection, wanted)
        listing = paginate(filters, selection.total, number, self.size(filters))
        shown = selection.items[listing.first - 1 : listing.last] if listing.total else []
        listing.rows = self.rows(shown, filters, request)
        listing.facets = facet_groups(filters, selection.counts)
        listing.quick = self.quick_links(filters, selection)
        context = self.get_context(request) | self.list_context(filters, selection, request)
        return TemplateResponse(request, self.get_template(request), context | {"listing": listing})

    def _download(
        self, request: HttpRequest, filters: ListFilter, selection: Selection[Any], wanted: str
    ) -> HttpResponse:
        if wanted == "atom":
            entries = self.feed_entries(self.newest(selection.items), request)
            return atom_response(request, self.title, self.locale.language_code, entries)
        table = self.table(selection.items, filters, request)
        return {"csv": csv_response, "xlsx": xlsx_response, "json": json_response}[wanted](table)

    def _malformed(self, request: HttpRequest, filters: ListFilter, message: str) -> HttpResponse:
        """400 with the form, its counts those of the whole list, the field named, and no rows."""
        listing = Listing(filters, 0, 1, 1, self.page_size)
        whole = select(self.items(filters), {}, [name for name, _field in filters.facet_fields()])
        listing.facets = facet_groups(filters, whole.counts)
        context = self.get_context(request) | {"listing": listing, "malformed": message}
        if message:
            listing.notes = [{"field": "", "label": "", "message": message}]
        return TemplateResponse(request, self.get_template(request), context, status=400)


def wanted_format(request: HttpRequest) -> str:
    """The parameter `format`: empty for the page, or one of csv, xlsx, json, atom."""
    wanted = request.GET.get("format", "")
    if wanted and wanted not in FORMATS:
        raise MalformedQuery(_("The format must be one of csv, xlsx, json, atom."))
    return wanted
