"""The catalogue's index page: list, filters, rate, downloads, public addresses."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.addresses import index_address
from core.exports import FeedEntry, Table
from core.facets import Selection
from core.listing import Link, with_markup
from core.lists import FEED_SIZE, ListIndexMixin
from core.models import BasePage
from core.page_cache import per_version, per_version_each
from departments.models import Field
from services import rates
from services.catalogue import CatalogueItem, catalogue, is_online, own_locale
from services.filters import CatalogueQuery
from services.lookup.columns import chosen_columns, file_rows, shown_cells, shown_columns
from services.lookup.rows import pages_of, service_rows, table_rows
from services.lookup.totals import level_totals, units_by_field
from services.models.pages import ServicePage
from services.models.procedures import LifeEvent

#: rows of a table on a page
TABLE_SIZE = 25


class ServiceIndexPage(ListIndexMixin, BasePage):
    """The catalogue of public services; gives every service its public address."""

    listed_model = "services.ServicePage"
    filter_class = CatalogueQuery
    max_count_per_parent = 1
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    template = "services/service_index_page.html"

    class Meta:
        verbose_name = gettext_lazy("catalogue of services")

    def filters(self, request: HttpRequest) -> CatalogueQuery:
        return CatalogueQuery(request.GET, locale_id=self.locale_id)

    def size(self, filters: CatalogueQuery) -> int:
        """A field's list is long enough that every service is three links from the front page."""
        if filters.is_table:
            return TABLE_SIZE
        return 200 if len(filters.cleaned_data.get("field", [])) == 1 else self.page_size

    def items(self, filters: CatalogueQuery) -> Iterable[CatalogueItem]:
        return filters.catalogue(self.locale_id)

    def rows(self, items: Sequence[CatalogueItem], filters: CatalogueQuery, request: HttpRequest) -> list[Any]:
        if filters.is_table:
            columns = shown_columns(filters.cleaned_data["columns"])
            return [shown_cells(row, columns) for row in table_rows(items, self.locale_id)]
        return shown_rows(items, self.locale_id)

    def quick_links(self, filters: CatalogueQuery, selection: Selection[CatalogueItem]) -> list[Link]:
        kept = [pair for pair in filters.parameters if pair[0] in ("date", *filters.display)]
        asked = sorted(pair for pair in filters.parameters if pair not in kept)
        bars = {("level", "3"): 3, ("level", "4"): 4}
        return [
            Link(label, f"?{urlencode(wanted + kept)}", count, asked == wanted, bars.get(wanted[0]) if wanted else None)
            for label, wanted, count in presets(self.locale_id, filters.day)
        ]

    def list_context(self, filters: CatalogueQuery, selection: Selection[CatalogueItem], request: HttpRequest):
        events = filters.cleaned_data.get("event", [])
        event = LifeEvent.objects.filter(slug=events[0]).first() if len(events) == 1 else None
        return {
            **(self._tables(filters, selection) if filters.is_table else {}),
            "view": self._other_view(filters),
            "rate": self._rate(filters),
            "order": _("by name"),
            "event": {"name": event.local_name, "summary": event.local_summary} if event else None,
        }

    def _tables(self, filters: CatalogueQuery, selection: Selection[CatalogueItem]) -> dict[str, Any]:
        items = filters.catalogue(self.locale_id)
        return {
            "columns": shown_columns(filters.cleaned_data["columns"]),
            "column_choices": filters["columns"],
            "kept": [{"name": name, "value": value} for name, value in filters.parameters if name != "columns"],
            "levels": level_totals(items, selection),
            "matrix": units_by_field(items, selection),
        }

    def _other_view(self, filters: CatalogueQuery) -> Link:
        """The way from the list to the table with its totals, and back; the filters stay."""
        if filters.is_table:
            return Link(_("See as a list"), filters.query(without=filters.display))
        return Link(_("See as a table with totals by level, field and unit"), filters.query(view="table"))

    def _rate(self, filters: CatalogueQuery) -> dict[str, Any] | None:
        """The rate among what would be listed whatever its level; the same in every language, so not of words typed."""
        if filters.cleaned_data["q"]:
            return None
        counted = filters.select(filters.catalogue(own_locale()), without=("level", "extent", "payment")).items
        found = rates.level_rate(counted, (self.title,), filters.day)
        return rates.presented(found) | {"parts": rates.tier_parts(counted)}

    def table(self, items: Sequence[CatalogueItem], filters: CatalogueQuery, request: HttpRequest) -> Table:
        columns = chosen_columns(filters.cleaned_data["columns"])
        rows = file_rows(table_rows(items, self.locale_id), columns, request.build_absolute_uri)
        return Table("dich-vu-cong", [column.name for column in columns], rows)

    def newest(self, items: Sequence[CatalogueItem]) -> Sequence[CatalogueItem]:
        """By the day of publication: the list itself goes by name."""
        wanted = {item.page_id: item for item in items}
        pages = ServicePage.objects.readable(self.locale_id).filter(last_published_at__isnull=False)
        ids = pages.order_by("-last_published_at", "-pk").values_list("pk", flat=True)
        return [wanted[pk] for pk in islice((pk for pk in ids if pk in wanted), FEED_SIZE)]

    def feed_entries(self, items: Sequence[CatalogueItem], request: HttpRequest) -> Iterable[FeedEntry]:
        pages, address = pages_of(items), index_address(ServicePage.index_model, self.locale_id)
        for item in items:
            page = pages[item.page_id]
            url = request.build_absolute_uri(f"{address.path}{item.slug}/" if address else "")
            yield FeedEntry(item.title, url, page.summary or page.full_name, page.last_published_at)


@per_version
def presets(locale_id: int, on: date) -> tuple[tuple[str, list[tuple[str, str]], int], ...]:
    """Quick filters of the catalogue: label, parameters, number of services on a day."""
    items = catalogue(locale_id, on)
    return (
        (_("All"), [], len(items)),
        (_("Level 3–4"), [("level", "3"), ("level", "4")], sum(is_online(item.state) for item in items)),
        (_("Level 4"), [("level", "4")], sum(item.state.level == 4 for item in items)),
        (_("Online payment"), [("payment", "1")], sum(item.state.payment for item in items)),
    )


@per_version_each(lambda item: (item.page_id, item.state))
def shown_rows(items: Sequence[CatalogueItem], locale_id: int, show_fee: bool = False) -> Iterable[dict[str, Any]]:
    """Rows with their markup; see templates/components/service_row.html."""
    return with_markup(service_rows(items, locale_id), "components/service_row.html", show_fee=show_fee)


def fields_with_counts(locale_id: int) -> list[dict[str, Any]]:
    """Fields with the number of their services, most first, with the address of each list."""
    counts: dict[str, int] = {}
    for item in catalogue(locale_id):
        counts[item.field] = counts.get(item.field, 0) + 1
    address = index_address(ServicePage.index_model, locale_id)
    path = address.path if address else ""
    rows = [
        {"name": field.local_name, "count": counts[field.slug], "url": f"{path}?field={field.slug}"}
        for field in Field.objects.all()
        if field.slug in counts
    ]
    return sorted(rows, key=lambda row: (-row["count"], row["name"]))
