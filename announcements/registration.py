"""What documents and announcements tell the apps below: a unit's page shows its latest, search knows both kinds."""

from typing import Any

from django.utils.translation import gettext as _

from announcements import search_kinds
from announcements.models import AnnouncementPage, DirectivePage
from announcements.register import announcements, directives
from announcements.rows import announcement_news, directive_news
from core.addresses import index_address
from departments.sections import SectionBlock, register_section_block

#: rows shown on a unit's page; the rest is one link away
SHOWN = 5
TEMPLATE = "announcements/unit_rows.html"


def directive_block(page: Any, request: Any) -> dict[str, Any] | None:
    """The documents that the unit issued last; None where it issued none."""
    slug = page.department.slug
    items = [item for item in directives(page.locale_id) if item.issuer == slug]
    if not items:
        return None
    address = index_address(DirectivePage.index_model, page.locale_id)
    content = {
        "title": _("Latest documents"),
        "url": f"{address.path}?issuer={slug}" if address else "",
        "link_text": _("All %(count)s documents") % {"count": len(items)},
        "rows": _without_unit(directive_news(items[:SHOWN], page.locale_id)),
    }
    return {"content": content, "wide": False}


def announcement_block(page: Any, request: Any) -> dict[str, Any] | None:
    """The latest announcements of the unit's section; None where it has none."""
    slug = page.department.slug
    items = [item for item in announcements(page.locale_id) if item.unit == slug]
    if not items:
        return None
    address = index_address(AnnouncementPage.index_model, page.locale_id)
    content = {
        "title": _("Latest announcements"),
        "url": f"{address.path}?unit={slug}" if address else "",
        "link_text": _("All %(count)s announcements") % {"count": len(items)},
        "rows": _without_unit(announcement_news(items[:SHOWN], page.locale_id)),
    }
    return {"content": content, "wide": False}


def _without_unit(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """On its own page the unit's name says nothing."""
    return [row | {"unit": ""} for row in rows]


def register() -> None:
    register_section_block(SectionBlock("directives", TEMPLATE, directive_block, order=20))
    register_section_block(SectionBlock("announcements", TEMPLATE, announcement_block, order=30))
    search_kinds.register()
