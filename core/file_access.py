"""Who may read a file: everybody once a live public page shows it, before that only those who work with it."""

from collections.abc import Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page, ReferenceIndex
from wagtail.permissions import policy_registry

from core.models import PortalDocument


def may_read(user: Any, document: PortalDocument) -> bool:
    return works_with(user, document) or is_shown_to_readers(document)


def works_with(user: Any, document: PortalDocument) -> bool:
    """True for editors who may choose or change the file."""
    actions = ["add", "change", "delete", "choose"]
    policy = policy_registry.get_by_type(PortalDocument)
    return user.is_authenticated and policy.user_has_any_permission_for_instance(user, actions, document)


def is_shown_to_readers(document: PortalDocument) -> bool:
    """True where a live page without view restrictions shows the file in what it has published.

    The reference index knows drafts as well, so each page that it names is asked again from its published row.
    """
    sources = ReferenceIndex.get_references_to(document).values_list("object_id", flat=True)
    page_ids = {int(source) for source in sources if source.isdigit()}
    pages = Page.objects.filter(pk__in=page_ids).live().public()
    wanted = (ContentType.objects.get_for_model(PortalDocument).pk, str(document.pk))
    return any(wanted in _references(page) for page in pages.specific())


def _references(page: Page) -> Iterator[tuple[int, str]]:
    """(content type, id) of all that a page and its children refer to.

    Wagtail has no public function for the references of one object without storing them.
    """
    for content_type_id, object_id, *_path in ReferenceIndex._extract_references_from_object(page):
        yield content_type_id, object_id
