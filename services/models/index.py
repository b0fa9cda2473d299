"""The catalogue's index page: list, filters, rate, downloads, public addresses."""

from collections.abc import Iterable, Mapping, Sequence
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
from departments.vocabularies import field_names
from services import rates
from services.catalogue import CatalogueItem, catalogue, counted_catalogue, is_online
from services.filters import ServiceFilter
from services.models.pages import ServicePage
from services.models.procedures import LifeEvent
from services.presentation import service_row

COLUMNS = (
    "code",
    "title",
    "full_name",
    "field",
    "level",
    "extent",
    "units",
    "agency",
    "government",
    "time_limit",
    "fee",
    "apply_url",
    "url",
)
#: columns of ServicePage that a row reads
ROW_FIELDS = (
    "title",
    "slug",
    "full_name",
    "place",
    "agency_text",
    "channels",
    "apply_url",
    "last_published_at",
    "summary",
)


class ServiceIndexPage(ListIndexMixin, BasePage):
    """The catalogue of public services; gives every service its public address."""

    listed_model = "services.ServicePage"
    filter_class = ServiceFilter
    max_count_per_parent = 1
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    template = "services/service_index_page.html"

    class Meta:
        verbose_name = gettext_lazy("catalogue of services")

    def filters(self, request: HttpRequest) -> ServiceFilter:
        return ServiceFilter(request.GET, locale_id=self.locale_id)

    def size(self, filters: ServiceFilter) -> int:
        """A field's list is long enough that every service is three links from the front page."""
        return 200 if len(filters.cleaned_data.get("field", [])) == 1 else self.page_size

    def items(self) -> Iterable[CatalogueItem]:
        return catalogue(self.locale_id)

    def rows(self, items: Sequence[CatalogueItem], request: HttpRequest) -> list[dict[str, Any]]:
        return shown_rows(items, self.locale_id)

    def quick_links(self, filters: ServiceFilter, selection: Selection[CatalogueItem]) -> list[Link]:
        asked = sorted(filters.parameters)
        bars = {("level", "3"): 3, ("level", "4"): 4}
        return [
            Link(label, f"?{urlencode(wanted)}", count, asked == wanted, bars.get(wanted[0]) if wanted else None)
            for label, wanted, count in presets(self.locale_id)
        ]

    def list_context(self, filters: ServiceFilter, selection: Selection[CatalogueItem], request: HttpRequest):
        events = filters.cleaned_data.get("event", [])
        event = LifeEvent.objects.filter(slug=events[0]).first() if len(events) == 1 else None
        return {
            "rate": self._rate(filters),
            "order": _("by name"),
            "event": {"name": event.local_name, "summary": event.local_summary} if event else None,
        }

    def _rate(self, filters: ServiceFilter) -> dict[str, Any] | None:
        """The rate among what would be listed whatever its level; the same in every language, so not of words typed."""
        if filters.cleaned_data["q"]:
            return None
        counted = filters.select(counted_catalogue(), without=("level", "extent", "payment")).items
        found = rates.level_rate(counted, (self.title,))
        return rates.presented(found) | {"parts": rates.tier_parts(counted)}

    def table(self, items: Sequence[CatalogueItem], request: HttpRequest) -> Table:
        return Table("dich-vu-cong", COLUMNS, table_rows(items, self.locale_id, request))

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
def presets(locale_id: int) -> tuple[tuple[str, list[tuple[str, str]], int], ...]:
    """Quick filters of the catalogue: label, parameters, number of services."""
    items = catalogue(locale_id)
    return (
        (_("All"), [], len(items)),
        (_("Level 3–4"), [("level", "3"), ("level", "4")], sum(is_online(item.state) for item in items)),
        (_("Level 4"), [("level", "4")], sum(item.state.level == 4 for item in items)),
        (_("Online payment"), [("payment", "1")], sum(item.state.payment for item in items)),
    )


def pages_of(items: Sequence[CatalogueItem]) -> dict[int, Any]:
    """What rows show of the pages of some items, by id, in one query."""
    found = ServicePage.objects.filter(pk__in=[item.page_id for item in items])
    return {row.pk: row for row in found.values_list("pk", *ROW_FIELDS, named=True)}


def service_rows(
    items: Sequence[CatalogueItem], locale_id: int, pages: Mapping[int, Any] | None = None
) -> Iterable[dict[str, Any]]:
    """Rows of a list of services, in the order of the items; `pages` where they have been read already."""
    pages, names = pages or pages_of(items), field_names()
    address = index_address(ServicePage.index_model, locale_id)
    for item in items:
        url = f"{address.path}{item.slug}/" if address else ""
        yield service_row(item, pages[item.page_id], names.get(item.field, ""), url)


@per_version_each(lambda item: (item.page_id, item.state))
def shown_rows(items: Sequence[CatalogueItem], locale_id: int, show_fee: bool = False) -> Iterable[dict[str, Any]]:
    """Rows with their markup; see templates/components/service_row.html."""
    return with_markup(service_rows(items, locale_id), "components/service_row.html", show_fee=show_fee)


def table_rows(items: Sequence[CatalogueItem], locale_id: int, request: HttpRequest) -> Iterable[list[Any]]:
    """Cells of a download, in batches so that the whole catalogue is never held at once."""
    for start in range(0, len(items), 500):
        batch = items[start : start + 500]
        pages = pages_of(batch)
        for item, row in zip(batch, service_rows(batch, locale_id, pages), strict=True):
            page = pages[item.page_id]
            yield [
                item.code,
                item.title,
                page.full_name,
                row["field"],
                item.state.level,
                item.state.extent,
                "; ".join(item.units),
                page.agency_text,
                ", ".join(item.facets["government"]),
                row["time"],
                row["fee"],
                page.apply_url,
                request.build_absolute_uri(row["url"]),
            ]


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
