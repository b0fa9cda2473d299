"""Rows of a list of services: what of pages and records they show, read in batches."""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.addresses import index_address
from departments.vocabularies import field_names
from services.catalogue import CatalogueItem
from services.models.maturity import MaturityRecord
from services.models.pages import ServicePage
from services.presentation import service_row

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
#: services read at once, so that the whole catalogue is never held
BATCH = 500


@dataclass(frozen=True, slots=True)
class Row:
    """One service of a table: item, what its page and its row say, the record from which its level comes."""

    item: CatalogueItem
    page: Any
    shown: Mapping[str, Any]
    since: datetime.date | None
    decision: str


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


def table_rows(items: Sequence[CatalogueItem], locale_id: int) -> Iterator[Row]:
    """Rows of a table, in the order of the items; two queries a batch."""
    for start in range(0, len(items), BATCH):
        batch = items[start : start + BATCH]
        pages, deciding = pages_of(batch), [item.deciding_record for item in batch]
        records = MaturityRecord.objects.filter(pk__in=[pk for pk in deciding if pk]).in_bulk()
        for item, pk, shown in zip(batch, deciding, service_rows(batch, locale_id, pages), strict=True):
            record = records.get(pk)
            since, decision = (record.date, record.decision_number) if record else (None, "")
            yield Row(item, pages[item.page_id], shown, since, decision)
