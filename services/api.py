"""The catalogue in the read API: list by the catalogue's own filters, and everything about one service."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Literal

from django.db.models import Q
from django.http import Http404, HttpRequest
from ninja import Router
from pydantic import Field

from core.addresses import index_address
from core.page_cache import today
from core.read_api.paging import part_of
from core.read_api.parameters import check_names, described, locale_id, read_filters
from core.read_api.schemas import Item, Listed, Term, part, term, terms
from departments.vocabularies import field_names, unit_names
from services import api_detail
from services.catalogue import CatalogueItem, item_of
from services.filters import ServiceFilter, event_choices
from services.lookup.rows import pages_of
from services.models import ServicePage
from services.presentation import service_row

router = Router(tags=["services"])

Government = Literal["ministry", "province", "district", "commune"]
Audience = Literal["individual", "organisation"]


class ServiceShort(Item):
    """A public service (dịch vụ công) as lists have it."""

    code: str = Field(description="Code of the procedure in the national database, such as 1.001193; never changes.")
    title: str = Field(description="Short form of the name.")
    field: Term | None
    units: list[Term] = Field(description="Units of this portal that carry it out.")
    government: list[Government] = Field(description="Levels of government that carry it out.")
    audiences: list[Audience]
    events: list[Term] = Field(description="Life events that it belongs to.")
    level: api_detail.Level
    extent: api_detail.Extent
    online_payment: bool = Field(description="The fee can be paid online today.")
    in_force: bool = Field(description="The procedure is in force today.")
    time_limit: str = Field(description="In a few words; the detail has value, unit and text for each channel.")
    fee: str = Field(description="In a few words, in đồng; the detail has the amounts for each channel.")
    agency: str = Field(description="Who carries it out, as the procedure names it.")
    apply_url: str = Field(description="Where to apply online; empty where one cannot.")


class Service(api_detail.ServiceText, ServiceShort):
    """A public service with everything that its page says."""

    levels_on: date = Field(description="The day for which level and extent are given.")
    unit_levels: list[api_detail.UnitLevel] = Field(description="Level of each unit on that day.")
    levels: list[api_detail.LevelRecord] = Field(description="All records of levels, the newest first.")


def make_filters(data: Any, locale: int) -> ServiceFilter:
    return ServiceFilter(data, locale_id=locale)


@router.get(
    "",
    response=Listed[ServiceShort],
    summary="List public services",
    operation_id="list_services",
    openapi_extra=described(ServiceFilter.base_fields),
)
def list_services(request: HttpRequest) -> Any:
    """Services by name. With `unit`, levels are those of the units asked for: the lowest where they differ."""
    filters = read_filters(request, make_filters)
    locale = locale_id(request)
    selection = filters.select(filters.catalogue(locale))
    found = part_of(selection.items, request, "services", lambda item: item.sort_key)
    return part(found, [ServiceShort(**values) for values in short_forms(found.items, locale, request)])


def short_forms(items: Sequence[CatalogueItem], locale: int, request: HttpRequest) -> list[dict[str, Any]]:
    pages, address = pages_of(items), index_address(ServicePage.index_model, locale)
    path = address.path if address else "/"
    return [short_form(item, pages[item.page_id], request.build_absolute_uri(f"{path}{item.slug}/")) for item in items]


def short_form(item: CatalogueItem, page: ServicePage, url: str) -> dict[str, Any]:
    fields, units, events = field_names(), unit_names(), dict(event_choices())
    row = service_row(item, page, fields.get(item.field, ""), url)
    return {
        "id": item.page_id,
        "url": url,
        "code": item.code,
        "title": item.title,
        "field": term(item.field, fields),
        "units": terms(item.units, units),
        "government": item.fixed["government"],
        "audiences": item.fixed["audience"],
        "events": terms(item.fixed["event"], events),
        "level": item.state.level,
        "extent": item.state.extent,
        "online_payment": item.state.payment,
        "in_force": item.in_force,
        "time_limit": row["time"],
        "fee": row["fee"],
        "agency": page.agency_text,
        "apply_url": page.apply_url,
    }


@router.get(
    "/{code}",
    response=Service,
    summary="One public service",
    operation_id="get_service",
    openapi_extra=described(),
)
def get_service(request: HttpRequest, code: str) -> Any:
    """By the procedure's code, or one under which it was known before; `code` in the answer is the present one."""
    check_names(request)
    locale = locale_id(request)
    page = page_by_code(code, locale)
    item = item_of(page.pk, locale) if page else None
    if page is None or item is None:
        raise Http404("no such service")
    url = request.build_absolute_uri(page.get_url(request))
    units = unit_names()
    return Service(
        **short_form(item, page, url),
        **api_detail.text_of(page, request),
        levels_on=today(),
        unit_levels=api_detail.unit_levels(item, units),
        levels=api_detail.level_records(page.procedure, request),
    )


def page_by_code(code: str, locale: int) -> ServicePage | None:
    wanted = code.strip()
    if "\0" in wanted:
        return None
    pages = ServicePage.objects.readable(locale).select_related("procedure", "competent_unit")
    named = pages.filter(Q(procedure__code=wanted) | Q(procedure__aliases__code=wanted))
    return named.order_by("pk").first()


def search_particulars(entries: Sequence[Any]) -> dict[int, dict[str, str]]:
    """The code of each service that search has found."""
    items = [item_of(entry.pk, entry.locale_id) for entry in entries]
    return {item.page_id: {"code": item.code} for item in items if item}
