"""What `make bench-levels` measures on.

5,000 services that 40 units carry out, with three records a unit; a plan, and the dossiers of its year.
"""

import datetime
from typing import Any

from django.db import transaction

SERVICES, UNITS, RECORDS, FIELDS = 5_000, 40, 3, 20
FIRST = datetime.date(2016, 1, 1)
#: days between two records of a unit
STEP = 500
BATCH = 500


@transaction.atomic
def fill() -> None:
    """Records differ in level and day from unit to unit; none is for all units, which is the costly case."""
    from services.models import MaturityRecord

    sections = [_section(number) for number in range(UNITS)]
    fields = [_field(number) for number in range(FIELDS)]
    for begun in range(0, SERVICES, BATCH):
        procedures = _services(sections, fields, range(begun, min(begun + BATCH, SERVICES)))
        records = (
            MaturityRecord(procedure=procedure, unit=section.department, decision_number="12/QĐ-UBND", **values)
            for procedure in procedures
            for section in sections
            for values in _levels(procedure.pk, section.department_id)
        )
        MaturityRecord.objects.bulk_create(records, batch_size=5_000)
    add_plan([section.department for section in sections], fields)


def add_plan(units: list[Any], fields: list[Any]) -> None:
    """A plan of 2019 with targets for levels, online dossiers and dossiers on time, and the figures of the year."""
    from plans.models import Plan, Target

    plan = Plan.objects.create(
        number="45/KH-UBND", date=datetime.date(2019, 1, 29), year=2019, title="Plan", issuer=units[0], is_public=True
    )
    asked = (("whole", [], []), ("communes", [], []), ("whole", [], fields[:4]), ("units", units[:3], []))
    for measure in ("levels", "online_dossiers", "on_time"):
        for scope, its_units, its_fields in asked:
            values = {"measure": measure, "scope": scope, "comparison": "at_least", "value": 55}
            target = Target.objects.create(plan=plan, name=f"{measure}, {scope}", **values)
            target.units.set(its_units)
            target.fields.set(its_fields)
            target.save()
    _dossiers(units, fields)


def _dossiers(units: list[Any], fields: list[Any]) -> None:
    from services.dossiers.totals import add_up
    from services.models.dossiers import DossierFigure, StatisticsImport

    source = StatisticsImport.objects.create(user_name="bench", file_name="bench", digest="", is_sample=True)
    figures = [
        DossierFigure(
            unit=unit,
            field=field,
            month=datetime.date(2019, month, 1),
            source=source,
            received_online=(unit.pk * 7 + field.pk * month) % 40,
            received_in_person=(unit.pk + field.pk * month) % 60,
            finished_on_time=(unit.pk * 3 + field.pk + month) % 90,
            finished_late=(unit.pk + month) % 5,
        )
        for unit in units
        for field in fields
        for month in range(1, 13)
    ]
    DossierFigure.objects.bulk_create(figures, batch_size=1_000)
    add_up(figures)


def _levels(procedure: int, unit: int) -> list[dict[str, Any]]:
    start = FIRST + datetime.timedelta(days=(procedure * 31 + unit * 17) % STEP)
    highest = (procedure + unit % 3) % 4 + 1
    return [
        {
            "date": start + datetime.timedelta(days=STEP * number),
            "level": max(1, highest - RECORDS + 1 + number),
            "online_payment": highest == 4 and number == RECORDS - 1,
        }
        for number in range(RECORDS)
    ]


def _section(number: int) -> Any:
    from departments.models import Department, DepartmentIndexPage, DepartmentPage

    unit = Department.objects.create(name=f"Xã {number + 1}", kind="commune")
    index = DepartmentIndexPage.objects.get(locale__language_code="vi")
    return index.add_child(instance=DepartmentPage(title=unit.name, department=unit, locale=index.locale))


def _field(number: int) -> Any:
    from departments.models import Field

    return Field.objects.create(name=f"Lĩnh vực {number + 1}")


def _services(sections: list[Any], fields: list[Any], numbers: range) -> list[Any]:
    from services.importing.placing import insert_pages, publish_in_memory
    from services.models import Procedure, ServicePage

    procedures = Procedure.objects.bulk_create(
        Procedure(code=f"1.{number:06d}", field=fields[number % FIELDS], at_commune=True) for number in numbers
    )
    links = Procedure.units.through
    links.objects.bulk_create(
        (links(procedure=procedure, department=section.department) for procedure in procedures for section in sections),
        batch_size=5_000,
    )
    placed = []
    for number, procedure in zip(numbers, procedures, strict=True):
        section = sections[number % len(sections)]
        page = ServicePage(title=f"Thủ tục {number}", procedure=procedure, locale=section.locale)
        publish_in_memory(page)
        placed.append((page, section))
    insert_pages(placed)
    return procedures
