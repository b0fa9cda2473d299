"""What the templates of units are given."""

from typing import Any

from django.utils.translation import gettext as _

from core.page_cache import today
from core.templatetags.portal import vn_date
from departments.models.records import Department, DepartmentKind
from departments.sections import section_panels


def contact(department: Department) -> dict[str, dict[str, str]]:
    """Address, hours, telephone and e-mail of a unit, as the cells of its contact box."""
    person = _("Information: %(name)s") % {"name": department.contact_person} if department.contact_person else ""
    return {
        "address": {"value": department.local_address},
        "hours": {"value": department.local_hours},
        "phone": {"value": department.phone, "url": telephone(department.phone), "note": person},
        "email": {"value": department.email, "url": f"mailto:{department.email}" if department.email else ""},
    }


def telephone(number: str) -> str:
    """Address that rings a number; empty where there is no digit to dial."""
    digits = "".join(char for char in number if char.isdigit() or char == "+")
    return f"tel:{digits}" if digits else ""


def page_context(page: Any, request: Any) -> dict[str, Any]:
    department = page.department
    return {
        "summary": page.summary,
        "department": department,
        "notice": _closed_notice(page, request) if page.is_closed else None,
        "contact": contact(department),
        "panels": section_panels(page, request),
        "leaders": [_leader(leader) for leader in page.leaders.all()],
        "duties": page.duties,
    }


def _leader(leader: Any) -> dict[str, str]:
    return {
        "name": leader.name,
        "position": leader.position,
        "task": leader.task,
        "phone": leader.phone,
        "phone_url": telephone(leader.phone),
    }


def _closed_notice(page: Any, request: Any) -> dict[str, str]:
    department = page.department
    notice = {
        "kind": "grey",
        "title": _("This unit ended on %(day)s") % {"day": vn_date(department.valid_to)},
        "text": _("Kept for reference."),
    }
    if department.successor:
        successor = section_link(department.successor, page.locale_id, request)
        notice["text"] = _("Its tasks passed to %(name)s. Kept for reference.") % {"name": successor["name"]}
        if successor["url"]:
            notice |= {"url": successor["url"], "link_text": successor["name"]}
    return notice


def section_link(department: Department, locale_id: int, request: Any) -> dict[str, str]:
    """Name and address of a unit's section; without an address where it has none in this language."""
    section = department.pages.live().filter(locale_id=locale_id).first()
    return {"name": department.local_name, "url": (section.get_url(request) if section else "") or ""}


def index_context(index: Any, request: Any) -> dict[str, Any]:
    """Units by kind, in the order of the kinds; units that have ended come last; their pages name the successor."""
    pages = _sections(index)
    day = today()
    current = [page for page in pages if not (page.department.valid_to and page.department.valid_to < day)]
    groups = []
    for kind in DepartmentKind:
        rows = [_row(page, request) for page in current if page.department.kind == kind]
        if rows:
            groups.append({"kind": kind.value, "title": kind.label, "rows": rows, "count": len(rows)})
    ended = [_row(page, request) for page in pages if page not in current]
    return {"groups": groups, "ended": ended, "total": len(pages)}


def _sections(index: Any) -> list[Any]:
    children = index.get_children().live().public().specific()
    return sorted(children.prefetch_related("department"), key=lambda page: page.title)


def _row(page: Any, request: Any) -> dict[str, Any]:
    department = page.department
    return {
        "name": page.title,
        "url": page.get_url(request),
        "summary": page.summary,
        "phone": department.phone,
        "address": department.local_address,
    }
