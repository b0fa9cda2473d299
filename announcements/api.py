"""Documents and announcements in the read API: lists by the pages' own filters, and everything about each."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any, Literal

from django.db.models import BigIntegerField
from django.http import Http404, HttpRequest
from ninja import Router
from pydantic import Field

from announcements.filters import AnnouncementFilter, DirectiveFilter
from announcements.models import AnnouncementKind, AnnouncementPage, DirectivePage
from announcements.models.directives import Authority, Urgency
from announcements.register import (
    AnnouncementItem,
    DirectiveItem,
    announcements,
    directives,
    of_entries,
    some_announcements,
    some_directives,
)
from announcements.rows import announcement_url, directive_url
from announcements.validity import RelationKind, Validity
from announcements.vocabularies import type_names
from core.blocks import stream_text
from core.read_api.paging import part_of
from core.read_api.parameters import check_names, described, locale_id, read_filters
from core.read_api.schemas import (
    Answer,
    File,
    Item,
    Listed,
    Term,
    body_files,
    files_of,
    named,
    part,
    term,
)
from departments.vocabularies import field_names, unit_names

directive_router = Router(tags=["directives"])
announcement_router = Router(tags=["announcements"])


# --- directives -------------------------------------------------------------------------------------------------------


class DirectiveShort(Item):
    """An official document (văn bản) as lists have it."""

    reference: str = Field(description="Number and symbol, such as 45/KH-UBND.")
    title: str = Field(description="Short form of the abstract.")
    type: Term | None
    issuer: Term | None
    field: Term | None
    issued_on: date | None
    effective_on: date | None = Field(description="`null`: from its issue on.")
    expires_on: date | None = Field(description="The last day in force that the document itself names.")
    validity: Literal[tuple(Validity)] = Field(
        description="On today's date. `partial`: in force, but amended; `replaced`: by another document."
    )


class Relation(Answer):
    """What one document does to another."""

    kind: Literal[tuple(RelationKind)]
    reference: str
    id: int | None = Field(description="`null` where the other document is not on this portal.")
    url: str | None


class Directive(DirectiveShort):
    """An official document with everything that its page says."""

    abstract: str = Field(description="The whole abstract (trích yếu).")
    drafting_unit: Term | None
    signer: str
    position: str
    authority: Literal[tuple(Authority.values)] | None = Field(
        description="By what authority it is signed (NĐ 30/2020/NĐ-CP): TM., KT., TL., TUQ., Q."
    )
    urgency: Literal[tuple(Urgency.values)] | None
    recipients: str
    text: str = Field(description="Plain text, blocks separated by an empty line; empty where only files have it.")
    files: list[File]
    relations: list[Relation] = Field(description="What this document does to earlier ones.")
    changed_by: list[Relation] = Field(description="What later documents do to this one, the latest first.")
    updated_at: datetime | None = Field(description="When the page was last published.")


def directive_key(item: DirectiveItem) -> tuple[int, int]:
    """Newest first by date of issue; of one day, the page made last."""
    return (-item.issued_on.toordinal() if item.issued_on else 0, -item.page_id)


@directive_router.get(
    "",
    response=Listed[DirectiveShort],
    summary="List official documents",
    operation_id="list_directives",
    openapi_extra=described(DirectiveFilter.base_fields),
)
def list_directives(request: HttpRequest) -> Any:
    """Official documents, newest first by date of issue. A number typed as `q` in any form finds its document."""
    filters = read_filters(request, lambda data, locale: DirectiveFilter(data))
    locale = locale_id(request)
    items = sorted(filters.select(directives(locale)).items, key=directive_key)
    found = part_of(items, request, "directives", directive_key)
    return part(found, [DirectiveShort(**directive_short(item, locale, request)) for item in found.items])


def directive_short(item: DirectiveItem, locale: int, request: HttpRequest) -> dict[str, Any]:
    return {
        "id": item.page_id,
        "url": request.build_absolute_uri(directive_url(item, locale)),
        "reference": item.reference,
        "title": item.title,
        "type": term(item.type, type_names()),
        "issuer": term(item.issuer, unit_names()),
        "field": term(item.field, field_names()),
        "issued_on": item.issued_on,
        "effective_on": item.effective_on,
        "expires_on": item.expires_on,
        "validity": item.validity,
    }


@directive_router.get(
    "/{int:id}",
    response=Directive,
    summary="One official document",
    operation_id="get_directive",
    openapi_extra=described(),
)
def get_directive(request: HttpRequest, id: int) -> Any:
    """By its `id`."""
    check_names(request)
    locale = locale_id(request)
    item = one(some_directives, id, locale)
    if item is None:
        raise Http404("no such document")
    page = DirectivePage.objects.select_related("drafting_unit").get(pk=item.page_id)
    changes = page.changing_relations
    ids = [pk for pk in (*(deed.target for deed in item.deeds), *(change.page_id for change in changes)) if pk]
    others = dict(zip(ids, some_directives(ids, locale), strict=True))
    plain = ("abstract", "signer", "position", "recipients")
    return Directive(
        **directive_short(item, locale, request),
        **{name: getattr(page, name) for name in plain},
        drafting_unit=named(page.drafting_unit),
        authority=page.authority or None,
        urgency=page.urgency or None,
        text=stream_text(page.body),
        files=[*files_of(page.files.select_related("document"), request), *body_files(page.body, request)],
        relations=[
            relation(deed.kind, deed.reference, others.get(deed.target), locale, request) for deed in item.deeds
        ],
        changed_by=[relation(change.kind, "", others.get(change.page_id), locale, request) for change in changes],
        updated_at=page.last_published_at,
    )


def one(some: Callable[[Sequence[int], int], Sequence[Any]], id: int, locale: int) -> Any:
    """The item of an id; None where there is none, or where no database can have such an id."""
    return some([id], locale)[0] if id <= BigIntegerField.MAX_BIGINT else None


def relation(kind: str, reference: str, other: DirectiveItem | None, locale: int, request: HttpRequest) -> Relation:
    """With the address of the other document where everybody may read it."""
    return Relation(
        kind=kind,
        reference=reference or (other.reference if other else ""),
        id=other.page_id if other else None,
        url=request.build_absolute_uri(directive_url(other, locale)) if other else None,
    )


def search_particulars(entries: Sequence[Any]) -> dict[int, dict[str, str]]:
    """Number and symbol of each document that search has found."""
    items = of_entries(some_directives, entries)
    return {item.page_id: {"reference": item.reference} for item in items if item}


# --- announcements ----------------------------------------------------------------------------------------------------


class AnnouncementShort(Item):
    """An announcement (thông báo) as lists have it."""

    title: str
    summary: str
    kind: Literal[tuple(AnnouncementKind.values)]
    unit: Term | None = Field(description="The unit that announces it.")
    dated_on: date = Field(description="The day that readers are shown.")
    effective_on: date
    expires_on: date | None = Field(description="The last day; `null`: it does not expire.")
    is_urgent: bool = Field(description="Urgent, and in force today.")
    has_expired: bool = Field(description="Its last day is over; it stays readable.")


class Hotline(Answer):
    label: str
    phone: str


class Announcement(AnnouncementShort):
    """An announcement with everything that its page says."""

    text: str = Field(description="Plain text, blocks separated by an empty line.")
    hotlines: list[Hotline]
    files: list[File]
    updated_at: datetime | None = Field(description="When the page was last published.")


def announcement_key(item: AnnouncementItem) -> tuple[int, int]:
    return (-item.dated_on.toordinal(), -item.page_id)


@announcement_router.get(
    "",
    response=Listed[AnnouncementShort],
    summary="List announcements",
    operation_id="list_announcements",
    openapi_extra=described(AnnouncementFilter.base_fields),
)
def list_announcements(request: HttpRequest) -> Any:
    """Announcements, newest first; those that have expired as well."""
    filters = read_filters(request, lambda data, locale: AnnouncementFilter(data))
    locale = locale_id(request)
    found = part_of(filters.select(announcements(locale)).items, request, "announcements", announcement_key)
    return part(found, [AnnouncementShort(**announcement_short(item, locale, request)) for item in found.items])


def announcement_short(item: AnnouncementItem, locale: int, request: HttpRequest) -> dict[str, Any]:
    plain = ("title", "summary", "kind", "dated_on", "effective_on", "expires_on", "is_urgent", "has_expired")
    return {
        **{name: getattr(item, name) for name in plain},
        "id": item.page_id,
        "url": request.build_absolute_uri(announcement_url(item, locale)),
        "unit": term(item.unit, unit_names()),
    }


@announcement_router.get(
    "/{int:id}",
    response=Announcement,
    summary="One announcement",
    operation_id="get_announcement",
    openapi_extra=described(),
)
def get_announcement(request: HttpRequest, id: int) -> Any:
    """By its `id`."""
    check_names(request)
    locale = locale_id(request)
    item = one(some_announcements, id, locale)
    if item is None:
        raise Http404("no such announcement")
    page = AnnouncementPage.objects.get(pk=item.page_id)
    return Announcement(
        **announcement_short(item, locale, request),
        text=stream_text(page.body),
        hotlines=[Hotline(label=hotline.label, phone=hotline.phone) for hotline in page.hotlines.all()],
        files=[*files_of(page.files.select_related("document"), request), *body_files(page.body, request)],
        updated_at=page.last_published_at,
    )
