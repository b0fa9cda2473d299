"""What search knows of documents and announcements."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from announcements import reference
from announcements.models import AnnouncementPage, DirectivePage
from announcements.numbers import asked_number, number_keys
from announcements.register import of_entries, some_announcements, some_directives, unit_above, units_by_path
from announcements.rows import announcement_status, announcement_url, directive_url
from announcements.vocabularies import type_names, year_choices
from announcements.wording import validity_tag
from core.blocks import stream_text
from core.file_access import live_pages_with
from core.file_text.records import file_texts
from core.files import attached
from core.models import PortalDocument
from core.stream_files import files_in
from core.templatetags.portal import vn_date
from departments.models import Department, Field
from departments.vocabularies import field_choices, unit_choices, unit_names, unit_words
from search.kinds import READ_OF_EVERY_PAGE, EntryData, Kind, SearchFacet, ahead, children, register_kind

UNIT = SearchFacet("unit", _("Unit"), unit_choices, by_count=True, words=unit_words)
FIELD = SearchFacet("field", _("Field"), field_choices, by_count=True)
YEAR = SearchFacet("year", _("Year"), year_choices)


def directive_entry(page: DirectivePage) -> EntryData:
    units = (unit.slug for unit in (page.issuer, page.drafting_unit) if unit)
    return EntryData(
        title=page.title,
        summary=page.summary or (page.abstract if page.abstract != page.title else ""),
        body="\n".join(filter(None, [stream_text(page.body), page.signer])),
        keywords=(page.label,),
        identifiers=_identifiers(page),
        facets={
            "unit": tuple(dict.fromkeys(units)),
            "field": (page.field.slug,) if page.field else (),
            "year": (str(page.issued_on.year),) if page.issued_on else (),
        },
        files=file_texts((*attached(children(page, "files")), *files_in(page.body))),
        date=page.issued_on,
    )


def _identifiers(page: DirectivePage) -> tuple[str, ...]:
    """The reference, and its number by type, each alone and with the year: numbers restart every year."""
    if not page.reference_key:
        return ()
    year = page.issued_on.year if page.issued_on else None
    dated = (_with_year(page.reference_key, year),) if year else ()
    return (page.reference_key, *dated, *number_keys(reference.parse(page.reference), year))


def _with_year(key: str, year: int) -> str:
    return f"{key}:{year}"


def recognise_reference(text: str) -> Sequence[str]:
    """References in a question, typed in any form; with a year, only that year's document is meant."""
    asked = reference.find(text)
    if asked is None:
        key = asked_number(text)
        return (key,) if key else ()
    return asked.keys if asked.year is None else tuple(_with_year(key, asked.year) for key in asked.keys)


def directive_hits(entries: Sequence[Any], request: Any) -> dict[int, dict[str, Any]]:
    """Address, type and number, date, issuer, and whether the document holds today."""
    types, units = type_names(), unit_names()
    found = {}
    for entry, item in zip(entries, of_entries(some_directives, entries), strict=True):
        if item:
            name = f"{types.get(item.type, '')} {item.reference}".strip()
            found[entry.pk] = {
                "url": directive_url(item, entry.locale_id),
                "meta": [name, vn_date(item.issued_on), units.get(item.issuer, "")],
                "status": validity_tag(item.state, item.effective_on),
            }
    return found


def announcement_entry(page: AnnouncementPage) -> EntryData:
    unit = unit_above(page.path, units_by_path())
    lines = "\n".join(str(line) for line in children(page, "hotlines"))
    return EntryData(
        title=page.title,
        summary=page.summary,
        body="\n".join(filter(None, [stream_text(page.body), lines])),
        facets={"unit": (unit,) if unit else (), "year": (str(page.dated_on.year),)},
        files=file_texts((*attached(children(page, "files")), *files_in(page.body))),
        date=page.dated_on,
    )


def announcement_hits(entries: Sequence[Any], request: Any) -> dict[int, dict[str, Any]]:
    """Address, date, unit, and whether the announcement has expired."""
    units = unit_names()
    found = {}
    for entry, item in zip(entries, of_entries(some_announcements, entries), strict=True):
        if item:
            found[entry.pk] = {
                "url": announcement_url(item, entry.locale_id),
                "meta": [vn_date(item.dated_on), units.get(item.unit, "")],
                "status": announcement_status(item),
            }
    return found


def directive_pages() -> QuerySet[DirectivePage]:
    related = DirectivePage.objects.select_related("document_type", "issuer", "drafting_unit", "field")
    own = ("title", "summary", "abstract", "body", "signer", "reference", "reference_key", "issued_on")
    named = ("document_type__name", "document_type__name_en", "issuer__slug", "drafting_unit__slug", "field__slug")
    return related.only(*READ_OF_EVERY_PAGE, *own, *named).prefetch_related(*ahead("files"))


def announcement_pages() -> QuerySet[AnnouncementPage]:
    own = ("title", "summary", "body", "path", "effective_on", "first_published_at")
    return AnnouncementPage.objects.only(*READ_OF_EVERY_PAGE, *own).prefetch_related(*ahead("files", "hotlines"))


def documents_of_unit(unit: Department) -> QuerySet[DirectivePage]:
    return DirectivePage.objects.live().filter(Q(issuer=unit) | Q(drafting_unit=unit))


def announcements_of_unit(unit: Department) -> QuerySet[AnnouncementPage]:
    """Live announcements in the sections of a unit, in every language."""
    below = Q(pk__in=[])
    for path in unit.pages.values_list("path", flat=True):
        below |= Q(path__startswith=path)
    return AnnouncementPage.objects.live().filter(below)


def documents_of_field(field: Field) -> QuerySet[DirectivePage]:
    return DirectivePage.objects.live().filter(field=field)


def register() -> None:
    register_kind(
        Kind(
            name="directive",
            label=_("Official documents and letters"),
            model=DirectivePage,
            entry=directive_entry,
            pages=directive_pages,
            facets=(UNIT, FIELD, YEAR),
            recognise=recognise_reference,
            hits=directive_hits,
            affected=(
                (Department, documents_of_unit),
                (Field, documents_of_field),
                (PortalDocument, partial(live_pages_with, DirectivePage)),
            ),
        )
    )
    register_kind(
        Kind(
            name="announcement",
            label=_("Announcements"),
            model=AnnouncementPage,
            entry=announcement_entry,
            pages=announcement_pages,
            fades=True,
            facets=(UNIT, YEAR),
            hits=announcement_hits,
            affected=(
                (Department, announcements_of_unit),
                (PortalDocument, partial(live_pages_with, AnnouncementPage)),
            ),
        )
    )
