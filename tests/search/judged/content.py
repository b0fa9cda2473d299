"""The judged catalogue as real pages."""

from datetime import date

from announcements.models import AnnouncementPage, DirectivePage, DocumentType
from departments.models import Department, DepartmentPage
from home.models import ContentPage, HomePage
from search.entries import postponed, rewrite_entries
from services.importing.placing import insert_pages, publish_in_memory
from services.models import Procedure, ServicePage
from tests.factories import add_field, add_section, locale, new_service
from tests.search.judged import rows


def load() -> dict[int, str]:
    """Make every page of the catalogue; the keys by page. Must run in a transaction."""
    with postponed():
        found = {}
        for kind in ("unit", "service", "directive", "announcement", "page"):
            found |= _LOADERS[kind]([row for row in rows("catalogue.tsv") if row["kind"] == kind])
    return found


def _units(listed: list[dict[str, str]]) -> dict[int, str]:
    found = {}
    for row in listed:
        aliases = row["keywords"].replace("|", "\n")
        unit = Department.objects.create(name=row["title"], kind="division", aliases=aliases)
        found[add_section(unit, summary=row["text"]).pk] = row["key"]
    return found


def _services(listed: list[dict[str, str]]) -> dict[int, str]:
    unit = Department.objects.first()
    sections = {"vi": unit.pages.get(), "en": add_section(unit, "en", title="One-stop office")}
    procedures = _procedures({row["key"]: row for row in listed if row["locale"] == "vi"})
    pages = [
        (_service(row, sections[row["locale"]], procedures[row["key"]]), sections[row["locale"]]) for row in listed
    ]
    insert_pages(pages)
    rewrite_entries(page for page, _section in pages)
    return {page.pk: row["key"] for (page, _section), row in zip(pages, listed, strict=True)}


def _procedures(listed: dict[str, dict[str, str]]) -> dict[str, Procedure]:
    """All at once: saved one by one they would take longer than all questions."""
    fields = {name: add_field(name) for name in {row["group"] for row in listed.values()}}
    tiers = ("ministry", "province", "district", "commune")
    made = Procedure.objects.bulk_create(
        Procedure(code=code, field=fields[row["group"]], **{f"at_{tier}": tier == row["level"] for tier in tiers})
        for code, row in listed.items()
    )
    return {procedure.code: procedure for procedure in made}


def _service(row: dict[str, str], section: DepartmentPage, procedure: Procedure) -> ServicePage:
    texts = {"summary": row["text"], "keywords": row["keywords"].replace("|", "\n")}
    # The papers and steps that factories give would be the same in every service.
    page = new_service(section, row["title"], procedure, papers=[], channels=[], steps=[], result="", **texts)
    publish_in_memory(page)
    return page


def _documents(listed: list[dict[str, str]]) -> dict[int, str]:
    section = DepartmentPage.objects.filter(locale=locale()).first()
    found = {}
    for row in listed:
        page = DirectivePage(
            title=row["title"],
            abstract=row["title"],
            body=[("text", f"<p>{row['text']}</p>")],
            reference=row["key"].partition(":")[0],
            document_type=DocumentType.objects.get_or_create(name=row["group"])[0],
            issuer=section.department,
            issued_on=date.fromisoformat(row["date"]),
            locale=section.locale,
        )
        found[section.add_child(instance=page).pk] = row["key"]
    return found


def _announcements(listed: list[dict[str, str]]) -> dict[int, str]:
    found = {}
    for row in listed:
        section = DepartmentPage.objects.get(department__name=row["group"], locale=locale())
        page = AnnouncementPage(
            title=row["title"],
            summary=row["text"],
            effective_on=date.fromisoformat(row["date"]),
            locale=section.locale,
        )
        found[section.add_child(instance=page).pk] = row["key"]
    return found


def _pages(listed: list[dict[str, str]]) -> dict[int, str]:
    found = {}
    for row in listed:
        home = HomePage.objects.get(locale=locale(row["locale"]))
        page = ContentPage(title=row["title"], summary=row["text"], locale=home.locale)
        found[home.add_child(instance=page).pk] = row["key"]
    return found


_LOADERS = {
    "unit": _units,
    "service": _services,
    "directive": _documents,
    "announcement": _announcements,
    "page": _pages,
}
