"""The admin with 38 units, 20,000 pages and 1,400 rows of page rights: part of `make bench`.

Every page of the staff is asked for by somebody of each role, through the whole stack in one process; figures are
medians, and their ratio to an empty view of the same run. The database lies in bench/out/admin and is made once.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

from bench.database import OUT, ROOT

FOLDER = OUT / "admin"
UNITS, PAGES, RIGHTS = 38, 20_000, 1_400
#: pages under review, and how often each address is asked for
WAITING, ROUNDS = 60, 7
BATCH = 500


def main() -> None:
    """Make the database in a process of its own where it is missing, then measure in this one."""
    os.environ.update(DJANGO_SETTINGS_MODULE="portal.settings.dev", PORTAL_VAR_DIR=str(FOLDER))
    os.environ.pop("DATABASE_URL", None)
    ready = FOLDER / "ready"
    if not ready.exists():
        shutil.rmtree(FOLDER, ignore_errors=True)
        FOLDER.mkdir(parents=True)
        subprocess.run([sys.executable, "manage.py", "migrate", "--verbosity", "0"], cwd=ROOT, check=True)
    import django

    django.setup()
    if not ready.exists():
        fill()
        ready.touch()
    result = measure()
    _print(result)


# --- what is measured on -------------------------------------------------------------------------------------------


def fill() -> None:
    from departments.provisioning import provide_roles

    sections = [_section(number) for number in range(UNITS)]
    provide_roles()
    for number, section in enumerate(sections):
        _services(section, PAGES // UNITS + (number < PAGES % UNITS))
    _people(sections[0])
    _further_rights()
    _send(sections)


def _section(number: int) -> Any:
    from departments.models import Department, DepartmentIndexPage, DepartmentPage

    unit = Department.objects.create(name=f"Đơn vị {number + 1}", kind="division")
    made = []
    for index in DepartmentIndexPage.objects.select_related("locale").order_by("locale__language_code"):
        page = DepartmentPage(title=unit.name, department=unit, locale=index.locale)
        made.append(index.add_child(instance=page))
    return made[-1]


def _services(section: Any, count: int) -> None:
    from departments.models import Field
    from services.importing.placing import insert_pages, publish_in_memory
    from services.models import Procedure, ServicePage

    field, _created = Field.objects.get_or_create(name="Hộ tịch")
    for begun in range(0, count, BATCH):
        numbers = range(begun, min(begun + BATCH, count))
        codes = [f"{section.department_id % 9 + 1}.{section.pk % 100:02d}{number:04d}" for number in numbers]
        procedures = Procedure.objects.bulk_create(Procedure(code=code, field=field) for code in codes)
        pages = [
            ServicePage(title=f"Thủ tục {procedure.code}", procedure=procedure, locale=section.locale)
            for procedure in procedures
        ]
        for page in pages:
            publish_in_memory(page)
        insert_pages([(page, section) for page in pages])


def _people(section: Any) -> None:
    from django.contrib.auth import get_user_model

    from departments.roles import ROLES, UNIT_ROLES, group_of

    for role in ROLES:
        user = get_user_model().objects.create_user(role.key, f"{role.key}@example.org")
        user.groups.add(group_of(role, section.department if role in UNIT_ROLES else None))


def _further_rights() -> None:
    """Rights given by hand to single pages, by a group a unit, until there are as many rows as the aim names."""
    from django.contrib.auth.models import Group, Permission
    from wagtail.models import GroupPagePermission, Page

    groups = [Group.objects.create(name=f"Trao thêm {number + 1}") for number in range(UNITS)]
    permission = Permission.objects.get(content_type__app_label="wagtailcore", codename="change_page")
    missing = RIGHTS - GroupPagePermission.objects.count()
    pages = Page.objects.filter(depth=5).order_by("pk").values_list("pk", flat=True)[:missing]
    GroupPagePermission.objects.bulk_create(
        GroupPagePermission(group=groups[number % UNITS], page_id=page, permission=permission)
        for number, page in enumerate(pages)
    )
    for user in Group.objects.get(role_group__role="author", role_group__department__name="Đơn vị 1").user_set.all():
        user.groups.add(groups[0])


def _send(sections: list[Any]) -> None:
    """Pages of many units wait for approval, half of them for the board."""
    from django.contrib.auth import get_user_model

    from services.models import ServicePage

    author = get_user_model().objects.get(username="author")
    admin = get_user_model().objects.create_superuser("quan-tri", "quan-tri@example.org")
    for number in range(WAITING):
        section = sections[0 if number % 2 else number % UNITS]
        page = ServicePage.objects.child_of(section).order_by("pk")[number]
        page.save_revision(user=author)
        page.get_workflow().start(page, author)
        if number % 4 > 1:
            page.current_workflow_task_state.approve(user=admin)


# --- what is measured ----------------------------------------------------------------------------------------------


def addresses() -> Iterator[tuple[str, str, str]]:
    """Name, user, path."""
    from django.urls import reverse
    from wagtail.models import Page

    from departments.models import DepartmentIndexPage, DepartmentPage

    section = DepartmentPage.objects.filter(department__name="Đơn vị 1", locale__language_code="vi").get()
    index = DepartmentIndexPage.objects.get(locale__language_code="vi")
    page = Page.objects.child_of(section).order_by("pk").last()
    for role in ("author", "reviewer", "publisher"):
        yield f"front page, {role}", role, reverse("wagtailadmin_home")
        yield f"explorer of a section, {role}", role, reverse("wagtailadmin_explore", args=[section.pk])
        yield f"editor of a page, {role}", role, reverse("wagtailadmin_pages:edit", args=[page.pk])
    yield "explorer of 38 sections, publisher", "publisher", reverse("wagtailadmin_explore", args=[index.pk])
    yield "list of services, publisher", "publisher", reverse("services:index")
    for name in ("waiting", "publications", "sections", "times"):
        yield f"report {name}, publisher", "publisher", reverse("editorial:report", args=[name])


def measure() -> dict[str, Any]:
    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.test import Client
    from wagtail.models import GroupPagePermission, Page

    settings.ALLOWED_HOSTS = ["testserver"]
    empty = typical(Client(), "/health/live")
    figures = {}
    for name, user, path in addresses():
        client = Client()
        client.force_login(get_user_model().objects.get(username=user))
        found = typical(client, path)
        figures[name] = found | {"ratio": round(found["ms"] / empty["ms"], 1)}
    rows = {"pages": Page.objects.count(), "rights": GroupPagePermission.objects.count(), "units": UNITS}
    return {"rows": rows, "empty": empty, "pages": figures}


def typical(client: Any, path: str) -> dict[str, float]:
    """Median milliseconds of processor time of a request, and its queries; the first answer is not counted."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        status = client.get(path).status_code
    count = len(queries)  # later requests empty the list
    if status != 200:
        raise SystemExit(f"{path} answers {status}")
    times = [_clocked(lambda: client.get(path)) for _round in range(ROUNDS)]
    return {"ms": round(statistics.median(times) * 1000, 2), "queries": count}


def _clocked(deed: Callable[[], Any]) -> float:
    began = time.process_time()
    deed()
    return time.process_time() - began


def _print(result: dict[str, Any]) -> None:
    rows = result["rows"]
    print(f"The admin with {rows['units']} units, {rows['pages']} pages, {rows['rights']} rows of page rights:")
    for name, figures in result["pages"].items():
        print(f"  {name:<40} {figures['ms']:>8.1f} ms  {figures['queries']:>4} queries  {figures['ratio']:>7.1f} ×")
    print(f"  {'empty view':<40} {result['empty']['ms']:>8.2f} ms")
    print(json.dumps({"admin": result}, ensure_ascii=False))


if __name__ == "__main__":
    main()
