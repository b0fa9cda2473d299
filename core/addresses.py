"""Public addresses that do not name the department: an index page gives them, whoever publishes."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.apps import apps
from django.http import Http404, HttpRequest
from wagtail.models import Page

from core.page_cache import per_version


class Withdrawn(Http404):
    """There was a page at this address, and it was taken back: answered with 410, or with what replaces it."""

    def __init__(self, page: Page) -> None:
        super().__init__("The page was published and taken back.")
        self.page = page


@dataclass(frozen=True, slots=True)
class IndexAddress:
    """Where an index page stands: `path` ends with a slash."""

    site_id: int
    root_url: str
    path: str
    title: str
    breadcrumbs: tuple[dict[str, str], ...]


@per_version
def index_address(model: str, locale_id: int) -> IndexAddress | None:
    """Address of the live index page `model` ("app.Model") in a language; None where there is none."""
    page = apps.get_model(model).objects.live().filter(locale_id=locale_id).first()
    parts = page.get_url_parts() if page else None
    if parts is None:
        return None
    trail = tuple(
        {"title": ancestor.title, "url": ancestor.get_url() or ""}
        for ancestor in page.get_ancestors().live().filter(depth__gt=1)
    )
    return IndexAddress(parts[0], parts[1], parts[2], page.title, trail)


@per_version
def language_urls(translation_key: UUID) -> tuple[tuple[str, str], ...]:
    """(language, address) of a page in every language in which everybody may read it; aliases are no translation."""
    pages = Page.objects.live().public().filter(translation_key=translation_key, alias_of__isnull=True)
    found = pages.select_related("locale").specific().order_by("locale_id")
    return tuple((page.locale.language_code, page.get_url() or "") for page in found)


def page_urls(page_ids: Collection[int], request: HttpRequest | None = None) -> dict[int, str]:
    """The address of each of these pages, in one query; "" where a page has none.

    The specific class knows it, from what every page has.
    """
    pages = Page.objects.filter(pk__in=page_ids) if page_ids else ()
    return {page.pk: page.specific_deferred.get_url(request) or "" for page in pages}
