"""Rows of documents and announcements: in their lists, on the front page, on a unit's page."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from announcements.models.announcements import AnnouncementKind, AnnouncementPage
from announcements.models.directives import DirectivePage
from announcements.register import (
    AnnouncementItem,
    DirectiveItem,
    announcements,
    directives,
    directives_by_page,
)
from announcements.validity import RelationKind, Validity
from announcements.vocabularies import type_names
from announcements.wording import change_note, deed_note, validity_tag
from core.addresses import index_address
from core.listing import with_markup
from core.page_cache import per_version_each
from core.templatetags.portal import vn_date
from departments.vocabularies import unit_names


def directive_url(item: DirectiveItem, locale_id: int) -> str:
    return _path(DirectivePage.index_model, locale_id) + f"{item.slug}/"


def announcement_url(item: AnnouncementItem, locale_id: int) -> str:
    return _path(AnnouncementPage.index_model, locale_id) + f"{item.slug}/"


def _path(index_model: str, locale_id: int) -> str:
    address = index_address(index_model, locale_id)
    return address.path if address else "/"


def directive_rows(items: Iterable[DirectiveItem], locale_id: int) -> list[dict[str, Any]]:
    """Rows of the list of documents; see templates/components/directive_row.html."""
    types, units = type_names(), unit_names()
    return [
        {
            "title": item.title,
            "url": directive_url(item, locale_id),
            "reference": item.reference,
            "document_type": types.get(item.type, ""),
            "date": item.issued_on,
            "issuer": units.get(item.issuer, ""),
            "note": directive_note(item, locale_id),
            "status": validity_tag(item.state, item.effective_on),
        }
        for item in items
    ]


@per_version_each(lambda item: item.page_id)
def shown_directives(items: Sequence[DirectiveItem], locale_id: int) -> Iterable[dict[str, Any]]:
    """Rows of the list of documents with their markup; see templates/components/directive_row.html."""
    return with_markup(directive_rows(items, locale_id), "components/directive_row.html")


def directive_note(item: DirectiveItem, locale_id: int) -> str:
    """What decides the state of a document, else which earlier one it replaces or amends."""
    if item.state.by and (source := directives_by_page(locale_id).get(item.state.by.source)):
        return change_note(item.state.by.kind, source.reference)
    if item.state.validity is Validity.EXPIRED and item.expires_on:
        return _("Last day: %(day)s") % {"day": vn_date(item.expires_on)}
    for kind in (RelationKind.REPLACES, RelationKind.AMENDS, RelationKind.REPEALS):
        if deed := next((deed for deed in item.deeds if deed.kind == kind and deed.reference), None):
            return deed_note(deed.kind, deed.reference)
    return ""


def announcement_rows(items: Iterable[AnnouncementItem], locale_id: int) -> list[dict[str, Any]]:
    """Rows of the list of announcements; see templates/announcements/announcement_index_page.html."""
    units, kinds = unit_names(), dict(AnnouncementKind.choices)
    return [
        {
            "title": item.title,
            "url": announcement_url(item, locale_id),
            "date": item.dated_on,
            "unit": units.get(item.unit, ""),
            "kind": kinds[item.kind],
            "summary": item.summary,
            "urgent": item.is_urgent,
            "status": announcement_status(item),
        }
        for item in items
    ]


def announcement_status(item: AnnouncementItem) -> dict[str, str] | None:
    """The tag of an announcement that has expired; nothing where it holds."""
    if not item.has_expired:
        return None
    return {"kind": "grey", "text": _("Expired on %(day)s") % {"day": vn_date(item.expires_on)}}


def directive_news(items: Iterable[DirectiveItem], locale_id: int) -> list[dict[str, Any]]:
    """Rows of a short list of documents; see templates/components/news_rows.html."""
    types, units = type_names(), unit_names()
    return [
        {
            "title": item.title,
            "url": directive_url(item, locale_id),
            "reference": f"{types.get(item.type, '')} {item.reference}".strip(),
            "date": item.issued_on,
            "unit": units.get(item.issuer, ""),
            "status": validity_tag(item.state, item.effective_on) if item.state.has_ended else None,
        }
        for item in items
    ]


def announcement_news(items: Iterable[AnnouncementItem], locale_id: int) -> list[dict[str, Any]]:
    """Rows of a short list of announcements; see templates/components/news_rows.html."""
    shown = ("title", "url", "date", "unit", "urgent", "status")
    return [{name: row[name] for name in shown} for row in announcement_rows(items, locale_id)]


def latest_directives(locale_id: int, count: int = 5) -> list[dict[str, Any]]:
    """The documents issued last, for the front page."""
    return directive_news(directives(locale_id)[:count], locale_id)


def latest_announcements(locale_id: int, count: int = 5) -> list[dict[str, Any]]:
    """The newest announcements that have not expired, for the front page."""
    current = [item for item in announcements(locale_id) if not item.has_expired]
    return announcement_news(current[:count], locale_id)
