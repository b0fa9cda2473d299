"""Small builders of units, fields, procedures and services; each makes something complete, say only what differs."""

from datetime import date
from itertools import count
from typing import Any

from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.blocks import ListBlock
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, Locale, Page, PageViewRestriction

from core.models import PortalDocument, PortalImage
from departments.models import Department, DepartmentIndexPage, DepartmentPage, Field
from departments.provisioning import provide_roles
from departments.roles import Role, group_of
from services.importing.placing import insert_pages, publish_in_memory
from services.models import Audience, MaturityRecord, Procedure, RelatedProcedure, ServiceIndexPage, ServicePage

_numbers = count(1)


def locale(code: str = "vi") -> Locale:
    return Locale.objects.get(language_code=code)


def services_index(code: str = "vi") -> ServiceIndexPage:
    return ServiceIndexPage.objects.get(locale__language_code=code)


def add_section(department: Department, code: str = "vi", **values: Any) -> DepartmentPage:
    """The unit's section in a language; a translation of those it has."""
    index = DepartmentIndexPage.objects.get(locale__language_code=code)
    other = department.pages.exclude(locale=index.locale).first()
    if other is not None:
        values["translation_key"] = other.translation_key
    page = DepartmentPage(
        department=department, locale=index.locale, title=values.pop("title", department.name), **values
    )
    return index.add_child(instance=page)


def add_unit(name: str = "Phòng Tư pháp", **values: Any) -> DepartmentPage:
    """A unit with its Vietnamese section; the section is returned."""
    department = Department.objects.create(name=name, **{"kind": "division", **values})
    return add_section(department)


def add_field(name: str = "Hộ tịch", **values: Any) -> Field:
    return Field.objects.get_or_create(name=name, defaults=values)[0]


def add_procedure(
    field: Field | None = None, *, code: str = "", units=(), audience="individual", **values
) -> Procedure:
    """A procedure in force that `units` (departments) execute."""
    code = code or f"1.{next(_numbers):06d}"
    procedure = Procedure.objects.create(code=code, field=field or add_field(), **{"at_district": True, **values})
    procedure.audiences.set([Audience.objects.get_or_create(name=f"Đối tượng {audience}", group=audience)[0]])
    procedure.units.set(units)
    procedure.save()
    return procedure


def relate(procedure: Procedure, *others: Procedure) -> None:
    """Name `others` as procedures that people of this one often need as well."""
    procedure.related_procedures.set([RelatedProcedure(target=other) for other in others])
    procedure.save()


def paper(name: str = "Tờ khai", form: PortalDocument | None = None, **values: Any) -> dict[str, Any]:
    return {"name": name, "originals": 1, "copies": 0, "form": form, "note": "", **values}


def channel(kind: str = "direct", **values: Any) -> dict[str, Any]:
    return {"kind": kind, "time_value": 3, "time_unit": "working_day", "time_text": "", "fees": [], **values}


def service_texts(**changes: Any) -> dict[str, Any]:
    """Texts of a service with all that level 1 asks for; `papers` and `channels` are given as plain values."""
    papers = changes.pop("papers", [paper()])
    channels = changes.pop("channels", [channel()])
    return {
        "agency_text": "Phòng Tư pháp",
        "result": "Giấy khai sinh",
        "decision_number": "2345/QĐ-UBND",
        "dossier_count": 1,
        "steps": [("step", {"title": "Nộp hồ sơ", "text": "Tại bộ phận một cửa."})],
        "channels": [("channel", value) for value in channels],
        "cases": [("case", {"name": "", "papers": papers})] if papers else [],
        "legal_bases": [("legal_basis", {"number": "60/2014/QH13", "title": "Luật Hộ tịch", "url": ""})],
        **changes,
    }


def new_service(section: DepartmentPage, title: str, procedure: Procedure | None = None, **changes: Any) -> ServicePage:
    """A service that is not yet put into the tree."""
    procedure = procedure or add_procedure(units=[section.department])
    return ServicePage(title=title, procedure=procedure, locale=section.locale, **service_texts(**changes))


def add_service(
    section: DepartmentPage, title: str = "Đăng ký khai sinh", procedure=None, **changes: Any
) -> ServicePage:
    """A live service under the section; with `live=False` a draft."""
    return section.add_child(instance=new_service(section, title, procedure, **changes))


def add_services(section: DepartmentPage, number: int, field: Field) -> None:
    """Many live services of a unit at once."""
    codes = [f"1.{next(_numbers):06d}" for _ in range(number)]
    procedures = Procedure.objects.bulk_create(Procedure(code=code, field=field) for code in codes)
    executed = Procedure.units.through
    executed.objects.bulk_create(executed(procedure=p, department=section.department) for p in procedures)
    pages = [new_service(section, f"Thủ tục {procedure.code}", procedure) for procedure in procedures]
    for page in pages:
        publish_in_memory(page)
    insert_pages([(page, section) for page in pages])


def add_level(procedure: Procedure, level: int | None, on: date = date(2019, 1, 1), **values: Any) -> MaturityRecord:
    return MaturityRecord.objects.create(procedure=procedure, level=level, date=on, **values)


def annul(record: MaturityRecord, reason: str = "Nhập nhầm") -> None:
    record.annulled_at, record.annulled_reason = timezone.now(), reason
    record.save(update_fields=["annulled_at", "annulled_by", "annulled_reason"])


def add_file(name: str = "to-khai.txt", text: str = "Tờ khai", **values: Any) -> PortalDocument:
    content = ContentFile(text.encode(), name=name)
    return PortalDocument.objects.create(title=name, file=content, file_size=len(content), **values)


def add_picture(name: str = "le-hoi.png", **values: Any) -> PortalImage:
    return PortalImage.objects.create(title=name, file=get_test_image_file(name, size=(80, 60)), **values)


def collection_of(department: Department) -> Collection:
    """Where the unit's files lie, once provisioning has been there."""
    return Collection.objects.get(unit_row__department=department)


def restrict(page: Page) -> PageViewRestriction:
    """From now on only those who have signed in may read the page and what lies below it."""
    return PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def add_administrator(name: str = "quan-tri"):
    return get_user_model().objects.create_superuser(name, f"{name}@example.org", "mat-khau")


def add_member(role: Role, section: DepartmentPage | None = None, name: str = ""):
    """A user with one role, in the unit whose section is given or in the whole portal."""
    provide_roles()
    user = get_user_model().objects.create_user(name or role.key, f"{name or role.key}@example.org", "mat-khau")
    user.groups.add(group_of(role, section.department if role.of_unit else None))
    return user


def service_form(page: ServicePage, *actions: str, **changes: Any) -> dict[str, str]:
    """What the editor's form posts for a service: its present texts with `changes` to plain fields."""
    fields = {
        "title": page.title,
        "slug": page.slug,
        "procedure": page.procedure_id,
        **{name: getattr(page, name) for name in _PLAIN_FIELDS},
        **changes,
    }
    data = {name: "" if value is None else str(value) for name, value in fields.items()}
    data |= _streams(page) | {"comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0"}
    return data | {f"action-{action}": "1" for action in actions}


_PLAIN_FIELDS = (
    "summary",
    "full_name",
    "agency_text",
    "competent_text",
    "place",
    "place_note",
    "dossier_count",
    "result",
    "conditions",
    "decision_number",
    "apply_url",
    "source_url",
    "keywords",
)


def _streams(page: ServicePage) -> dict[str, str]:
    data: dict[str, str] = {}
    for name in ("steps", "channels", "cases", "legal_bases"):
        children = list(getattr(page, name))
        data[f"{name}-count"] = str(len(children))
        for number, child in enumerate(children):
            prefix = f"{name}-{number}"
            data |= {f"{prefix}-type": child.block_type, f"{prefix}-order": str(number), f"{prefix}-deleted": ""}
            data |= _struct(f"{prefix}-value", child.value)
    return data


def _struct(prefix: str, values: Any) -> dict[str, str]:
    data: dict[str, str] = {}
    for name, value in values.items():
        if isinstance(values.block.child_blocks[name], ListBlock):
            data[f"{prefix}-{name}-count"] = str(len(value))
            for number, item in enumerate(value):
                row = f"{prefix}-{name}-{number}"
                data |= {f"{row}-order": str(number), f"{row}-deleted": ""} | _struct(f"{row}-value", item)
        elif value is not None and value is not False:
            data[f"{prefix}-{name}"] = str(getattr(value, "pk", value))
    return data
