"""What the templates of documents and announcements are given."""

import re
from typing import Any

from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from announcements import wording
from announcements.notices import directive_notice
from core.addresses import index_address
from core.files import file_rows
from core.page_cache import today
from core.templatetags.portal import vn_date
from departments.presentation import section_link

# Numbers of the kinds that are rung in Viet Nam: with area code or mobile, 1800 and 1900, emergency (112 to 115).
_TELEPHONE = re.compile(
    r"(?<![\w/.,-])"
    r"(?:(?:\+84 ?|0)\d{2,3}[ .]?\d{3,4}[ .]?\d{3,4}|1[89]00[ .]?\d{4}|11[2-5])"
    r"(?![\w/-]|[.,]\d| ?%)"
)


def telephone_url(number: str) -> str:
    """024 3885 0114 → tel:02438850114"""
    return "tel:" + re.sub(r"[^\d+]", "", number)


def with_telephone_links(text: str) -> SafeString:
    """The text as markup, with telephone numbers that can be pressed."""
    pieces, end = [], 0
    for match in _TELEPHONE.finditer(text):
        pieces.append(("{}", (text[end : match.start()],)))
        pieces.append(('<a href="{}">{}</a>', (telephone_url(match[0]), match[0])))
        end = match.end()
    pieces.append(("{}", (text[end:],)))
    return format_html_join("", "{}", ((format_html(form, *values),) for form, values in pieces))


def files(page: Any) -> list[dict[str, Any]]:
    """Files with type, size in bytes, number of pages, and whether a PDF's words can be searched."""
    return [
        {
            "title": row.title,
            "url": row.url,
            "type": row.kind,
            "size": row.size,
            "pages": row.pages,
            "has_text": row.has_text,
        }
        for row in file_rows(page.files.select_related("document"))
    ]


# --- announcements -------------------------------------------------------------------------------------------------


def announcement_context(page: Any, request: Any) -> dict[str, Any]:
    return {
        "urgent": page.is_urgent_now,
        "status": _announcement_status(page),
        "meta": [page.section.name if page.section else "", _published(page)],
        "notice": _expired_notice(page),
        "summary": with_telephone_links(page.summary),
        "body": page.body,
        "hotlines": [
            {"label": line.label, "phone": line.phone, "url": telephone_url(line.phone)} for line in page.hotlines.all()
        ],
        "files": files(page),
    }


def _announcement_status(page: Any) -> dict[str, str] | None:
    if page.has_expired:
        return None
    if page.effective_on > today():
        return {"kind": "info", "text": _("Applies from %(day)s") % {"day": vn_date(page.effective_on)}}
    if page.expires_on:
        return {"kind": "ok", "text": _("In force until the end of %(day)s") % {"day": vn_date(page.expires_on)}}
    return None


def _published(page: Any) -> str:
    """The day of publication, for urgent announcements with the hour."""
    day = page.dated_on
    moment = timezone.localtime(page.first_published_at) if page.first_published_at else None
    if page.is_urgent and moment and moment.date() == day:
        return _("Published at %(hour)s:%(minute)s on %(day)s") % {
            "hour": moment.hour,
            "minute": f"{moment.minute:02d}",
            "day": vn_date(day),
        }
    return _("Published on %(day)s") % {"day": vn_date(day)}


def _expired_notice(page: Any) -> dict[str, str] | None:
    if not page.has_expired:
        return None
    title = _("This announcement expired on %(day)s.") % {"day": vn_date(page.expires_on)}
    return {"kind": "grey", "title": title, "text": _("Kept for reference.")}


# --- documents -----------------------------------------------------------------------------------------------------


def directive_context(page: Any, request: Any, breadcrumbs: list[dict[str, str]]) -> dict[str, Any]:
    address = index_address(page.index_model, page.locale_id)
    kind = page.document_type
    if kind and address:
        breadcrumbs = [*breadcrumbs, {"title": kind.local_name, "url": f"{address.path}?type={kind.slug}"}]
    state = page.state
    published = page.first_published_at
    return {
        "breadcrumbs": breadcrumbs,
        "document_type": kind.local_name if kind else "",
        "reference": page.reference,
        "notice": directive_notice(page, state, request),
        "abstract": page.abstract,
        "record": _record(page, state, request),
        "timeline": _timeline(page, state, request),
        "files": files(page),
        "files_note": _("Published on %(day)s") % {"day": vn_date(published)} if published else "",
        "body": page.body,
        "body_note": _("Kept for reference, not to be applied.") if state.has_ended else "",
        "related": _related(page, request),
        "recipients": page.recipients,
    }


def _record(page: Any, state: Any, request: Any) -> list[dict[str, Any]]:
    """Particulars of a document, two in a row; those without a value are left out by the template."""
    authority = page.get_authority_display() if page.authority else ""
    last_day = vn_date(page.expires_on)
    ended = vn_date(state.ended_on) if state.by and state.has_ended else ""
    return [
        {"label": _("Number and symbol"), "value": page.reference, "strong": True},
        {"label": _("Date of issue"), "value": vn_date(page.issued_on)},
        {"label": _("Issuer"), **_unit(page.issuer, page.locale_id, request)},
        {"label": _("In force from"), "value": vn_date(page.effective_on)},
        {"label": _("Signer"), "value": page.signer, "note": ", ".join(filter(None, [page.position, authority]))},
        {"label": _("No longer in force since"), "value": ended}
        if ended
        else {"label": _("In force until the end of"), "value": last_day},
        {"label": _("Field"), "value": page.field.local_name if page.field else ""},
        {"label": _("Drafting unit"), **_unit(page.drafting_unit, page.locale_id, request)},
        {"label": _("Urgency"), "value": page.get_urgency_display() if page.urgency else ""},
    ]


def _unit(department: Any, locale_id: int, request: Any) -> dict[str, str]:
    if department is None:
        return {"value": ""}
    return {"value": department.label, "url": section_link(department, locale_id, request)["url"]}


def _timeline(page: Any, state: Any, request: Any) -> list[dict[str, Any]]:
    """What later documents did to this one, the latest first, then this one; nothing where none did anything."""
    if not page.changing_relations:
        return []
    entries = []
    for relation in page.changing_relations:
        source, own = relation.page, relation.page.state
        entries.append(
            {
                "title": source.label,
                "url": source.get_url(request),
                "tag": wording.validity_tag(own, source.effective_on),
                "text": wording.deed_since(relation.kind, source.begins_on),
                "present": state.has_ended and state.by is not None and state.by.source == source.pk,
            }
        )
    shown = {"title": page.label, "tag": {"kind": "grey", "text": _("Shown here")}, "present": not state.has_ended}
    return [*entries, shown | {"text": _("Issued on %(day)s") % {"day": vn_date(page.issued_on)}}]


def _related(page: Any, request: Any) -> list[dict[str, Any]]:
    """This document, then the earlier ones that it replaces, amends, repeals or corrects."""
    relations = list(page.relations.select_related("target__document_type"))
    if not relations:
        return []
    readable = page.readable_targets(relations)
    entries = [
        {
            "title": page.label,
            "tag": {"kind": "grey", "text": _("Shown here")},
            "text": _("Issued on %(day)s") % {"day": vn_date(page.issued_on)},
            "present": True,
        }
    ]
    for relation in relations:
        target = relation.target if relation.target_id in readable else None
        entries.append(
            {
                "title": target.label if target else relation.reference,
                "url": target.get_url(request) if target else "",
                "text": " · ".join(filter(None, [wording.deed_note(relation.kind), target.title if target else ""])),
            }
        )
    return entries
