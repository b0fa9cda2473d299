"""Public addresses that do not name the department: an index page gives them, whoever publishes."""

from dataclasses import dataclass

from django.apps import apps

from core.page_cache import per_version


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
