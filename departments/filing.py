"""Files that lie in no unit's collection go to the unit whose pages alone show them."""

from collections import defaultdict

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import Collection, Page, ReferenceIndex

from core.models import PortalDocument, PortalImage
from departments.models import DepartmentCollection, DepartmentPage


@transaction.atomic
def file_by_unit() -> int:
    """Move files and pictures from the root collection; their number is returned.

    One that no page shows, or pages of several units or of none, stays with the portal board.
    """
    collections = dict(DepartmentCollection.objects.values_list("department_id", "collection_id"))
    root = Collection.get_first_root_node()
    moved = 0
    for model in (PortalDocument, PortalImage):
        by_collection = defaultdict(list)
        for file, units in _units_showing(model).items():
            if len(units) == 1 and (unit := next(iter(units))) in collections:
                by_collection[collections[unit]].append(file)
        for collection, files in by_collection.items():
            moved += model.objects.filter(pk__in=files, collection=root).update(collection=collection)
    return moved


def _units_showing(model: type) -> dict[int, set[int | None]]:
    """{file: units in whose sections a page shows it}; None stands for what is no page of a section."""
    sections = dict(DepartmentPage.objects.values_list("path", "department_id"))
    paths = {str(pk): path for pk, path in Page.objects.values_list("pk", "path")}
    page_type = ContentType.objects.get_for_model(Page).pk
    references = ReferenceIndex.objects.filter(to_content_type=ContentType.objects.get_for_model(model))
    found: dict[int, set[int | None]] = defaultdict(set)
    for file, source_type, source in references.values_list("to_object_id", "base_content_type", "object_id"):
        path = paths.get(source, "") if source_type == page_type else ""
        found[int(file)].add(_unit_above(path, sections))
    return found


def _unit_above(path: str, sections: dict[str, int]) -> int | None:
    starts = (path[:end] for end in range(Page.steplen, len(path) + 1, Page.steplen))
    return next((sections[start] for start in starts if start in sections), None)
