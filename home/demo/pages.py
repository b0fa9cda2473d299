"""Pages of the demo: sections of units, services, documents, announcements, plain pages; both languages."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone
from wagtail.models import Locale, Page

from announcements.models import (
    AnnouncementFile,
    AnnouncementPage,
    DirectiveFile,
    DirectivePage,
    DirectiveRelation,
    DocumentType,
    Hotline,
)
from announcements.reference import parse as parse_reference
from announcements.validity import RelationKind
from core.models import BasePage
from core.text import slugify
from departments.models import Department, DepartmentIndexPage, DepartmentLeader, DepartmentPage, Field
from home.demo.files import provide_document
from home.demo.reading import body, plain_lines, read
from home.models import ContentPage, HomePage, SiteSettings

Progress = Callable[[str], None]


def publish(page: BasePage, parent: Page, on: date | None = None) -> BasePage:
    """Put `page` under `parent` and publish it through a revision; `on` is the day that it says it was published."""
    page.live = False
    parent.add_child(instance=page)
    page.save_revision().publish()
    if on:
        moment = timezone.make_aware(datetime.combine(on, time(9, 0)))
        type(page).objects.filter(pk=page.pk).update(first_published_at=moment, last_published_at=moment)
    page.refresh_from_db()
    return page


def locale(code: str) -> Locale:
    return Locale.objects.get(language_code=code)


def load_sections(progress: Progress) -> None:
    """A section for every unit, with its contacts in English as well."""
    data = read("departments")
    shared = data["commune_defaults"]["duties"]
    indexes = {code: DepartmentIndexPage.objects.get(locale=locale(code)) for code in ("vi", "en")}
    for row in data["department"]:
        department = Department.objects.get(slug=row["slug"])
        if not DepartmentPage.objects.filter(department=department, locale=locale("vi")).exists():
            duties = row.get("duties") or (shared if row["kind"] in {"commune", "town"} else [])
            page = _section(department, row["name"], row["summary"], indexes["vi"], duties)
            page.leaders.set([DepartmentLeader(**leader) for leader in row.get("leaders", [])])
            publish(page, indexes["vi"])
            progress(row["name"])
        if not DepartmentPage.objects.filter(department=department, locale=locale("en")).exists():
            original = DepartmentPage.objects.get(department=department, locale=locale("vi"))
            page = _section(department, row["name_en"], row["summary_en"], indexes["en"], [])
            page.translation_key = original.translation_key
            publish(page, indexes["en"])


def _section(
    department: Department, title: str, summary: str, index: DepartmentIndexPage, duties: list[str]
) -> DepartmentPage:
    text = body([{"items": duties}]) if duties else []
    return DepartmentPage(
        title=title, slug=department.slug, summary=summary, department=department, duties=text, locale=index.locale
    )


def section_of(name: str, code: str = "vi") -> DepartmentPage:
    return DepartmentPage.objects.get(department__name=name, locale__language_code=code)


def load_directives(progress: Progress) -> None:
    data = read("directives")
    for row in sorted(data["directive"], key=lambda row: row["issued_on"]):
        issuer = Department.objects.get(name=row["issuer"])
        key = parse_reference(row["reference"]).key
        same = DirectivePage.objects.filter(reference_key=key, issuer=issuer, issued_on=row["issued_on"])
        if not same.exists():
            _directive(row, issuer, data["sample_note"])
            progress(row["reference"])


def _directive(row: dict[str, Any], issuer: Department, note: str) -> DirectivePage:
    real = row["reference"] == "45/KH-UBND"
    sections = row.get("body", []) if real else [*row.get("body", []), {"paragraphs": [note]}]
    fields = ("signer", "position", "authority", "urgency", "recipients", "issued_on", "effective_on", "expires_on")
    page = DirectivePage(
        title=row.get("title") or row["abstract"],
        abstract=row["abstract"],
        summary="" if len(row["abstract"]) <= 255 else row.get("title", ""),
        reference=row["reference"],
        document_type=DocumentType.objects.get(name=row["type"]),
        issuer=issuer,
        drafting_unit=Department.objects.filter(name=row.get("drafting_unit", "")).first(),
        field=_field(row.get("field", "")),
        body=body(sections),
        locale=locale("vi"),
        **{name: row[name] for name in fields if row.get(name)},
    )
    page.relations.set(_relations(row, issuer))
    if row.get("file"):
        title = f"{row['type']} {row['reference']}"
        head = [issuer.name, f"Số: {row['reference']}", f"Ngày {row['issued_on']:%d/%m/%Y}"]
        lines = [row["abstract"], *plain_lines(sections), f"Nơi nhận: {row.get('recipients', '')}"]
        document = provide_document(row["file"], title, head, lines)
        page.files.set([DirectiveFile(document=document, title=title)])
    return publish(page, section_of(row["section"]), row["issued_on"] + timedelta(days=1))


def _relations(row: dict[str, Any], issuer: Department) -> list[DirectiveRelation]:
    """What the document does to earlier ones of its issuer."""
    found = []
    for kind in (RelationKind.REPLACES, RelationKind.AMENDS):
        for reference in row.get(kind.value, []):
            same = DirectivePage.objects.filter(reference_key=parse_reference(reference).key, issuer=issuer)
            target = same.order_by("-issued_on").first()
            found.append(DirectiveRelation(kind=kind.value, target=target, reference=reference))
    return found


def _field(name: str) -> Field | None:
    if not name:
        return None
    field, _created = Field.objects.get_or_create(name=name, defaults={"slug": slugify(name)})
    return field


def load_announcements(progress: Progress) -> None:
    """Dates are counted from today, so that the demo is as fresh as the day it is loaded."""
    day = timezone.localdate()
    for row in read("announcements")["announcement"]:
        section = section_of(row["section"])
        if AnnouncementPage.objects.child_of(section).filter(title=row["title"]).exists():
            continue
        expires = day + timedelta(days=row["expires_in"]) if "expires_in" in row else None
        page = AnnouncementPage(
            title=row["title"],
            summary=row["summary"],
            kind=row["kind"],
            is_urgent=row["urgent"],
            effective_on=day + timedelta(days=min(row.get("effective_in", 0), -row["days_ago"])),
            expires_on=expires,
            body=body(row.get("body", [])),
            locale=locale("vi"),
        )
        page.hotlines.set([Hotline(**hotline) for hotline in row.get("hotlines", [])])
        if row.get("file"):
            document = provide_document(row["file"], row["title"], [section.title], plain_lines(row.get("body", [])))
            page.files.set([AnnouncementFile(document=document, title=row["title"])])
        publish(page, section, day - timedelta(days=row["days_ago"]))
        progress(row["title"])


def load_plain_pages() -> None:
    homes = {code: HomePage.objects.get(locale=locale(code)) for code in ("vi", "en")}
    for row in read("pages")["page"]:
        original = ContentPage.objects.filter(slug=row["slug"], locale=locale("vi")).first()
        if original is None:
            page = ContentPage(title=row["title"], slug=row["slug"], summary=row["summary"], locale=locale("vi"))
            page.body = body(row["body"])
            original = publish(page, homes["vi"])
        if not ContentPage.objects.filter(slug=row["slug_en"], locale=locale("en")).exists():
            page = ContentPage(title=row["title_en"], slug=row["slug_en"], locale=locale("en"))
            page.summary, page.body = row["summary_en"], body(row["body_en"])
            page.translation_key = original.translation_key
            publish(page, homes["en"])


def link_settings() -> None:
    """The page that explains the rate is named in the settings, so that figures can link to it."""
    settings = SiteSettings.objects.first()
    page = ContentPage.objects.filter(slug="cong-thuc-va-nguon", locale=locale("vi")).first()
    if settings and page and not settings.formula_page_id:
        settings.formula_page = page
        settings.save()
