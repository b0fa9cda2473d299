"""Downloads and feeds of the lists of documents and of announcements."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpRequest

from announcements.models.announcements import AnnouncementPage
from announcements.models.directives import DirectivePage
from announcements.register import AnnouncementItem, DirectiveItem
from announcements.rows import announcement_url, directive_url
from announcements.vocabularies import type_names
from core.exports import FeedEntry, Table, as_moment
from departments.vocabularies import field_names, unit_names

DIRECTIVE_COLUMNS = (
    "reference",
    "type",
    "issuer",
    "issued_on",
    "effective_on",
    "expires_on",
    "validity",
    "abstract",
    "field",
    "signer",
    "position",
    "url",
)
ANNOUNCEMENT_COLUMNS = (
    "title",
    "kind",
    "unit",
    "urgent",
    "published_on",
    "effective_on",
    "expires_on",
    "state",
    "summary",
    "url",
)
BATCH = 500  # pages held at once


def directive_table(items: Sequence[DirectiveItem], locale_id: int, request: HttpRequest) -> Table:
    return Table("van-ban", DIRECTIVE_COLUMNS, _directive_cells(items, locale_id, request))


def _directive_cells(items: Sequence[DirectiveItem], locale_id: int, request: HttpRequest) -> Iterable[list[Any]]:
    types, units, fields = type_names(), unit_names(), field_names()
    for start in range(0, len(items), BATCH):
        batch = items[start : start + BATCH]
        texts = _texts(batch)
        for item in batch:
            abstract, signer, position = texts.get(item.page_id, (item.title, "", ""))
            url = request.build_absolute_uri(directive_url(item, locale_id))
            dates = (item.issued_on, item.effective_on, item.expires_on)
            kind, issuer, field = types.get(item.type), units.get(item.issuer), fields.get(item.field)
            yield [item.reference, kind, issuer, *dates, item.validity, abstract, field, signer, position, url]


def _texts(items: Iterable[DirectiveItem]) -> dict[int, tuple[str, str, str]]:
    pages = DirectivePage.objects.filter(pk__in=[item.page_id for item in items])
    return {pk: texts for pk, *texts in pages.values_list("pk", "abstract", "signer", "position")}


def directive_feed(items: Sequence[DirectiveItem], locale_id: int, request: HttpRequest) -> Iterable[FeedEntry]:
    """Entries in the order of the list; an entry is dated by the last publication of its page."""
    pages = DirectivePage.objects.in_bulk([item.page_id for item in items])
    for item in items:
        page = pages[item.page_id]
        url = request.build_absolute_uri(directive_url(item, locale_id))
        updated = page.last_published_at or as_moment(item.issued_on)
        yield FeedEntry(f"{item.reference}: {item.title}", url, page.abstract, updated)


def announcement_table(items: Sequence[AnnouncementItem], locale_id: int, request: HttpRequest) -> Table:
    units = unit_names()
    rows = (
        [
            item.title,
            item.kind,
            units.get(item.unit),
            "1" if item.is_urgent else "0",
            item.dated_on,
            item.effective_on,
            item.expires_on,
            item.facets["state"][0],
            item.summary,
            request.build_absolute_uri(announcement_url(item, locale_id)),
        ]
        for item in items
    )
    return Table("thong-bao", ANNOUNCEMENT_COLUMNS, rows)


def announcement_feed(items: Sequence[AnnouncementItem], locale_id: int, request: HttpRequest) -> Iterable[FeedEntry]:
    """Entries in the order of the list; an entry is dated by the last publication of its page."""
    moments = dict(
        AnnouncementPage.objects.filter(pk__in=[item.page_id for item in items]).values_list("pk", "last_published_at")
    )
    for item in items:
        url = request.build_absolute_uri(announcement_url(item, locale_id))
        yield FeedEntry(item.title, url, item.summary, moments.get(item.page_id) or as_moment(item.dated_on))
