"""How search knows units: names, aliases, duties, contacts."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from core.blocks import stream_text
from core.file_access import live_pages_with
from core.file_text.records import file_texts
from core.models import PortalDocument
from core.stream_files import files_in
from departments.models import Department, DepartmentPage
from search.kinds import EntryData, Kind, Known


def entry(page: DepartmentPage) -> EntryData:
    department = page.department
    leaders = [f"{leader.name} {leader.position} {leader.task}" for leader in page.leaders.all()]
    return EntryData(
        title=page.title,
        summary=page.summary,
        body="\n".join([stream_text(page.duties), *leaders, department.address, department.contact_person]),
        keywords=tuple(department.names),
        facets={"unit": (department.slug,)},
        files=file_texts(files_in(page.duties)),
        prior=0.5,
    )


def hits(entries: Sequence[Known], request: HttpRequest) -> dict[int, dict[str, Any]]:
    """Address of the page, telephone and address of the unit."""
    pages = DepartmentPage.objects.filter(pk__in=[entry.pk for entry in entries]).select_related("department")
    return {
        page.pk: {"url": page.get_url(request), "meta": [page.department.phone, page.department.local_address]}
        for page in pages
    }


KIND = Kind(
    name="unit",
    label=_("Units"),
    model=DepartmentPage,
    entry=entry,
    hits=hits,
    affected=(
        (Department, lambda unit: DepartmentPage.objects.filter(department=unit)),
        (PortalDocument, partial(live_pages_with, DepartmentPage)),
    ),
)
