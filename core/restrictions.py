"""Which parts of the tree are not for everybody."""

from wagtail.models import PageViewRestriction

from core.page_cache import per_version


@per_version
def restricted_paths() -> tuple[str, ...]:
    """Tree paths of the pages that are not for everybody; what begins with one is not either."""
    return tuple(PageViewRestriction.objects.values_list("page__path", flat=True))
