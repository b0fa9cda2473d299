"""Indexes of imported pages, written with them: our search entries, Wagtail's own index, its index of references.

All of it happens in the transaction of the batch, so that an import that is killed leaves no page without them.
"""

from collections.abc import Iterable, Iterator, Sequence

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, prefetch_related_objects
from modelsearch.backends import get_search_backends
from wagtail.models import Page, ReferenceIndex

from core.blocks import plain_values
from core.page_cache import touch
from departments.models import Department
from search.entries import rewrite_entries
from services.models import Procedure, ServicePage


def index_pages(pages: Sequence[ServicePage], procedures: Sequence[Procedure]) -> None:
    """Index pages that were written in bulk, whose signals nobody follows."""
    if not pages:
        return
    _fetch_relations(pages, procedures)
    rewrite_entries(pages)
    index_for_choosers(ServicePage, pages)
    index_for_choosers(Procedure, procedures)
    index_references(ServicePage, Page, pages)
    index_references(Procedure, Procedure, procedures)
    touch()


def _fetch_relations(pages: Sequence[ServicePage], procedures: Sequence[Procedure]) -> None:
    """Fetch for all at once what an entry and the references read of each; what was fetched before is out of date."""
    listed = list({id(row): row for row in (*procedures, *(page.procedure for page in pages))}.values())
    for procedure in listed:
        procedure._prefetched_objects_cache = {}
    prefetch_related_objects(listed, "units", "aliases", "related_procedures")


def index_for_choosers(model: type[Model], rows: Sequence[Model]) -> None:
    """Enter rows into Wagtail's own index, by which choosers and the lists of the admin find them."""
    for backend in get_search_backends(with_auto_update=True):
        backend.add_bulk(model, rows)


def index_references(model: type[Model], base: type[Model], rows: Iterable[Model]) -> None:
    """Write the references of many rows at once.

    Wagtail's `create_or_update_for_object` takes four statements a row, half of the time of an import. This makes the
    same rows out of the same parts; a test compares them with those of `rebuild_references_index`.
    """
    own, top = (ContentType.objects.get_for_model(kind, for_concrete_model=False) for kind in (model, base))
    listed = list(rows)
    ReferenceIndex.objects.filter(base_content_type=top, object_id__in=[str(row.pk) for row in listed]).delete()
    ReferenceIndex.objects.bulk_create(reference for row in listed for reference in _references(row, own, top))


def _references(row: Model, own: ContentType, top: ContentType) -> Iterator[ReferenceIndex]:
    for to_type, to_id, model_path, content_path in sorted(_found(row)):
        yield ReferenceIndex(
            content_type=own,
            base_content_type=top,
            object_id=row.pk,
            to_content_type_id=to_type,
            to_object_id=to_id,
            model_path=model_path,
            content_path=content_path,
            content_path_hash=ReferenceIndex._get_content_path_hash(content_path),
        )


def _found(row: Model) -> set[tuple[int, str, str, str]]:
    """What a row refers to. A page without forms has nothing in its StreamFields that could refer to anything."""
    if not isinstance(row, ServicePage) or _may_have_form(row):
        return set(ReferenceIndex._extract_references_from_object(row))
    targets = (("procedure", Procedure, row.procedure_id), ("competent_unit", Department, row.competent_unit_id))
    return {
        (ContentType.objects.get_for_model(model).pk, str(pk), name, name)
        for name, model, pk in targets
        if pk is not None
    }


def _may_have_form(page: ServicePage) -> bool:
    return any(paper["form"] for case in plain_values(page.cases) for paper in case["papers"] or ())
