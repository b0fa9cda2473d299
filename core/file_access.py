"""Who may read a file or see a picture: everybody once a live public page shows it, else those who work with it."""

from collections.abc import Iterator
from typing import Any, TypeAlias

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.http import HttpRequest
from wagtail.models import Page, ReferenceIndex
from wagtail.permissions import policy_registry

from core.models.media import PortalDocument, PortalImage
from core.page_cache import per_version

StoredFile: TypeAlias = PortalDocument | PortalImage
#: (number of the content type, number of the object) as the reference index has them
Key: TypeAlias = tuple[int, str]


def may_read(request: HttpRequest, file: StoredFile) -> bool:
    """For files and pictures alike; a private page's are given to whoever may read the page."""
    if is_shown_to_readers(type(file), file.pk) or works_with(request.user, file):
        return True
    return any(_accepts(page, request) for page in _live_pages_showing(file))


def works_with(user: Any, file: StoredFile) -> bool:
    """True for editors who may choose or change the file."""
    actions = ["add", "change", "delete", "choose"]
    policy = policy_registry.get_by_type(type(file))
    return user.is_authenticated and policy.user_has_any_permission_for_instance(user, actions, file)


@per_version
def is_shown_to_readers(model: type[StoredFile], pk: int) -> bool:
    """True where something that everybody reads shows it: a live page without restrictions, a setting of the site."""
    file = model(pk=pk)
    if any(rows.exists() for rows in _records_showing(file)):
        return True
    return any(not page.get_view_restrictions() for page in _live_pages_showing(file))


def file_keys(page: Page) -> set[Key]:
    """Files and pictures that a page, as it stands in memory, and its children refer to."""
    kinds = {ContentType.objects.get_for_model(model).pk for model in (PortalDocument, PortalImage)}
    return {key for key in _references(page) if key[0] in kinds}


def live_pages_with(model: type[Page], file: StoredFile) -> QuerySet[Any]:
    """Live pages of a class that refer to the file; perhaps in a draft only, or no longer."""
    of_pages = {"base_content_type": ContentType.objects.get_for_model(Page)}
    sources = ReferenceIndex.get_references_to(file).filter(**of_pages).values_list("object_id", flat=True)
    return model._default_manager.filter(pk__in={int(source) for source in sources}, live=True)


def _records_showing(file: StoredFile) -> Iterator[QuerySet[Any]]:
    """Settings and other records that readers see, which the reference index may not know; of those with drafts the
    public ones (`public()`)."""
    for relation in file._meta.get_fields(include_hidden=True):
        if relation.one_to_many and getattr(relation.related_model, "shown_to_readers", False):
            rows = relation.related_model._default_manager.filter(**{relation.field.name: file.pk})
            yield rows.public() if hasattr(rows, "public") else rows


def _live_pages_showing(file: StoredFile) -> Iterator[Page]:
    """The reference index knows drafts as well, so each page that it names is asked again from its published row."""
    wanted = (ContentType.objects.get_for_model(file).pk, str(file.pk))
    return (page for page in live_pages_with(Page, file).specific() if wanted in _references(page))


def _accepts(page: Page, request: HttpRequest) -> bool:
    return all(restriction.accept_request(request) for restriction in page.get_view_restrictions())


def _references(page: Page) -> Iterator[Key]:
    """Wagtail has no public function for the references of one object without storing them."""
    for content_type_id, object_id, *_path in ReferenceIndex._extract_references_from_object(page):
        yield content_type_id, object_id
