"""What the templates of units are given."""

from typing import Any

from core.page_cache import today
from departments.models.records import Department, DepartmentKind
from departments.sections import section_blocks


def contact_cells(department: Department) -> list[dict[str, str]]:
    """Address, hours, telephone and e-mail of a unit, those that it has."""
    cells = [
        {"kind": "address", "value": department.address},
        {"kind": "hours", "value": department.hours},
        {"kind": "phone", "value": department.phone, "note": department.contact_person},
        {"kind": "email", "value": department.email},
    ]
    return [cell for cell in cells if cell["value"]]


def page_context(page: Any, request: Any) -> dict[str, Any]:
    department = page.department
    successor = department.successor if page.is_closed else None
    return {
        "department": department,
        "contact": contact_cells(department),
        "blocks": section_blocks(page, request),
        "leaders": list(page.leaders.all()),
        "closed_on": department.valid_to if page.is_closed else None,
        "successor": section_link(successor, page.locale_id, request) if successor else None,
    }


def section_link(department: Department, locale_id: int, request: Any) -> dict[str, str]:
    """Name and address of a unit's section; without an address where it has none in this language."""
    section = department.pages.live().filter(locale_id=locale_id).first()
    return {"name": department.local_name, "url": (section.get_url(request) if section else "") or ""}


def index_context(index: Any, request: Any) -> dict[str, Any]:
    """Units by kind, in the order of the kinds; units that have ended come last, with their successor."""
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
        "address": department.address,
    }
