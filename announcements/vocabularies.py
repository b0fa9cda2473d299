"""Values of the filters of documents and announcements, in the language of the request."""

from announcements.models.types import DocumentType
from core.page_cache import per_version, today

FIRST_YEAR = 1945


@per_version
def type_choices() -> tuple[tuple[str, str], ...]:
    return tuple((kind.slug, kind.local_name) for kind in DocumentType.objects.all())


def year_choices() -> tuple[tuple[str, str], ...]:
    """Years in which a document may have been issued, the latest first."""
    return tuple((str(year), str(year)) for year in range(today().year + 1, FIRST_YEAR - 1, -1))


@per_version
def type_names() -> dict[str, str]:
    return dict(type_choices())
