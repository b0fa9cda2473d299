"""Units, fields, audiences, life events, types of documents, settings of the demo authority."""

from typing import Any

from wagtail.models import Site

from announcements.models import DocumentType
from departments.models import Department, Field
from home.demo.reading import read
from home.models import SiteSettings
from services.models import Audience, LifeEvent

DEPARTMENT_FIELDS = (
    "name_en",
    "short_name",
    "abbreviation",
    "kind",
    "address",
    "address_en",
    "phone",
    "email",
    "hours",
    "hours_en",
    "contact_person",
    "valid_from",
)


def load_records() -> None:
    """Create what is missing; what is there keeps the changes of its editors."""
    for row in read("fields")["field"]:
        Field.objects.get_or_create(slug=row["slug"], defaults={"name": row["name"], "name_en": row["name_en"]})
    for row in read("audiences")["audience"]:
        Audience.objects.get_or_create(name=row["name"], defaults=row)
    for position, row in enumerate(read("life_events")["event"]):
        LifeEvent.objects.get_or_create(slug=row["slug"], defaults=row | {"position": position})
    for row in read("document_types")["type"]:
        defaults = {"name_en": row["name_en"], "abbreviation": row["abbreviation"]}
        DocumentType.objects.get_or_create(name=row["name"], is_legal=row.get("legal", False), defaults=defaults)
    for row in read("departments")["department"]:
        load_department(row)
    load_settings()


def load_department(row: dict[str, Any]) -> Department:
    defaults = {name: row[name] for name in DEPARTMENT_FIELDS if name in row}
    defaults |= {"name": row["name"], "aliases": "\n".join(row.get("aliases", []))}
    if row.get("parent"):
        defaults["parent"] = Department.objects.get(name=row["parent"])
    department, _created = Department.objects.get_or_create(slug=row["slug"], defaults=defaults)
    return department


def load_settings() -> None:
    row = read("site")
    site = Site.objects.get(is_default_site=True)
    found = SiteSettings.for_site(site)
    if found.authority_name:
        return
    for name, value in row.items():
        if name.startswith("popular_searches"):
            value = "\n".join(value)
        setattr(found, name, value)
    found.save()
    site.site_name = found.portal_label
    site.save()
