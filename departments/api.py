"""Units in the read API: list, and one unit with its contacts and leaders."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Literal

from django.http import Http404, HttpRequest
from ninja import Router
from pydantic import Field

from core.blocks import stream_text
from core.page_cache import per_version
from core.read_api.paging import part_of
from core.read_api.parameters import check_names, described, locale_id
from core.read_api.schemas import Answer, Item, Listed, Term, named, part
from departments.models import DepartmentKind, DepartmentPage

router = Router(tags=["departments"])


class DepartmentShort(Item):
    """A unit (đơn vị) as lists have it."""

    slug: str = Field(description="The word by which other lists filter for the unit.")
    name: str
    short_name: str
    abbreviation: str = Field(description="As in document numbers, such as TNMT.")
    kind: Literal[tuple(DepartmentKind.values)]
    address: str
    phone: str
    email: str
    has_ended: bool = Field(description="The unit no longer exists; its page is kept for reference.")


class Leader(Answer):
    name: str
    position: str
    task: str
    phone: str


class Department(DepartmentShort):
    """A unit with everything that its page says of itself."""

    summary: str
    hours: str = Field(description="Office hours.")
    contact_person: str = Field(description="Who gives information.")
    parent: Term | None = Field(description="The superior unit.")
    successor: Term | None = Field(description="The unit that follows one that has ended.")
    exists_from: date | None
    exists_until: date | None = Field(description="The last day; `null`: open.")
    duties: str = Field(description="Plain text, blocks separated by an empty line.")
    leaders: list[Leader]
    updated_at: datetime | None = Field(description="When the page was last published.")


@per_version
def sections(locale: int) -> Mapping[str, DepartmentPage]:
    """Units' pages that everybody may read, by the unit's slug, in the order of their slugs."""
    pages = DepartmentPage.objects.live().public().filter(locale_id=locale, alias_of__isnull=True)
    related = pages.select_related("department__parent", "department__successor")
    return {page.department.slug: page for page in related.order_by("department__slug", "-pk")}


@router.get(
    "",
    response=Listed[DepartmentShort],
    summary="List units",
    operation_id="list_departments",
    openapi_extra=described({}),
)
def list_departments(request: HttpRequest) -> Any:
    """Units by slug; those that have ended as well."""
    check_names(request, {})
    pages = sections(locale_id(request))
    found = part_of(list(pages), request, "departments", lambda slug: (slug,))
    return part(found, [DepartmentShort(**short_form(pages[slug], request)) for slug in found.items])


def short_form(page: DepartmentPage, request: HttpRequest) -> dict[str, Any]:
    unit = page.department
    return {
        "id": page.pk,
        "url": request.build_absolute_uri(page.get_url(request)),
        "slug": unit.slug,
        "name": unit.local_name,
        "short_name": unit.label,
        "abbreviation": unit.abbreviation,
        "kind": unit.kind,
        "address": unit.address,
        "phone": unit.phone,
        "email": unit.email,
        "has_ended": page.is_closed,
    }


@router.get(
    "/{slug}",
    response=Department,
    summary="One unit",
    operation_id="get_department",
    openapi_extra=described(),
)
def get_department(request: HttpRequest, slug: str) -> Any:
    """By its `slug`."""
    check_names(request)
    page = sections(locale_id(request)).get(slug)
    if page is None:
        raise Http404("no such unit")
    unit = page.department
    leaders = [
        Leader(name=leader.name, position=leader.position, task=leader.task, phone=leader.phone)
        for leader in page.leaders.all()
    ]
    return Department(
        **short_form(page, request),
        summary=page.summary,
        hours=unit.local_hours,
        contact_person=unit.contact_person,
        parent=named(unit.parent),
        successor=named(unit.successor),
        exists_from=unit.valid_from,
        exists_until=unit.valid_to,
        duties=stream_text(page.duties),
        leaders=leaders,
        updated_at=page.last_published_at,
    )
