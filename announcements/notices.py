"""The first thing that a document's page says: whether it holds, and which one holds instead."""

from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext as _

from announcements import wording
from announcements.validity import RelationKind, State, Validity
from core.page_cache import today
from core.templatetags.portal import vn_date


def directive_notice(page: Any, state: State, request: Any) -> dict[str, Any]:
    """Parameters of components/notice.html."""
    if state.has_ended and state.by:
        return _ended_by_another(page, state, request)
    term = wording.term(page.effective_on, page.issued_on, page.expires_on)
    title = wording.validity_label(state.validity)
    if state.validity is Validity.EXPIRED:
        return {"kind": "grey", "title": title, "text": f"{term} {_('Kept for reference.')}".strip()}
    if state.validity is Validity.PENDING:
        return {"kind": "info", "title": title, "text": term}
    begun, coming = _changes(page)
    if not begun:
        more = " ".join(map(_coming, coming)) or _("No document amends or replaces it.")
        return {"kind": "ok", "title": title, "text": f"{term} {more}"}
    latest = begun[0]
    notes = [f"{wording.change_note(relation.kind, _dated(relation.page))}." for relation in begun]
    return {
        "kind": "warn",
        "title": title if state.by else wording.change_note(latest.kind, latest.page.label),
        "text": " ".join([term, *notes, *map(_coming, coming)]),
        "url": latest.page.get_url(request),
        "link_text": _("See %(document)s") % {"document": latest.page.label},
    }


def _changes(page: Any) -> tuple[list[Any], list[Any]]:
    """What later documents do to one in force: what has begun, and what is still to come; the latest first."""
    day = today()
    begun = [relation for relation in page.changing_relations if relation.page.begins_on <= day]
    return begun, [relation for relation in page.changing_relations if relation not in begun]


def _coming(relation: Any) -> str:
    change = wording.change_note(relation.kind, relation.page.label)
    return _("From %(day)s on: %(change)s.") % {"day": vn_date(relation.page.begins_on), "change": change}


def _dated(page: Any) -> str:
    """Chỉ thị 07/CT-UBND ngày 11/11/2019."""
    return _("%(document)s of %(day)s") % {"document": page.label, "day": vn_date(page.issued_on)}


def _ended_by_another(page: Any, state: State, request: Any) -> dict[str, Any]:
    """Replaced or repealed: since when, by what, and the way to the document in force."""
    source = next(relation.page for relation in page.changing_relations if relation.page_id == state.by.source)
    day = vn_date(state.ended_on)
    replaced = state.by.kind == RelationKind.REPLACES
    if replaced:
        title, form = _("Replaced; no longer in force since %(day)s"), _("Replaced by <b>{document}</b>: {title}")
    else:
        title, form = _("Repealed; no longer in force since %(day)s"), _("Repealed by <b>{document}</b>: {title}")
    last = source.in_place_of_it if replaced else source
    in_force = last.state.validity in (Validity.IN_FORCE, Validity.PARTIAL)
    return {
        "kind": "error",
        "title": title % {"day": day},
        "text": format_html("{}.", format_html(form, document=_dated(source), title=source.title)),
        "button_url": last.get_url(request),
        "button": _("See the document in force")
        if replaced and in_force
        else _("See %(document)s") % {"document": last.label},
    }
