"""Values of the filters of documents and announcements, in the language of the request."""

from announcements.models.types import DocumentType
from core.page_cache import per_version, today
from departments.models import Department, Field

FIRST_YEAR = 1945


@per_version
def type_choices() -> tuple[tuple[str, str], ...]:
    return tuple((kind.slug, kind.local_name) for kind in DocumentType.objects.all())


@per_version
def unit_choices() -> tuple[tuple[str, str], ...]:
    return tuple((unit.slug, unit.label) for unit in Department.objects.all())


@per_version
def field_choices() -> tuple[tuple[str, str], ...]:
    return tuple((field.slug, field.local_name) for field in Field.objects.all())


def year_choices() -> tuple[tuple[str, str], ...]:
    """Years in which a document may have been issued, the latest first."""
    return tuple((str(year), str(year)) for year in range(today().year + 1, FIRST_YEAR - 1, -1))


@per_version
def unit_names() -> dict[str, str]:
    """Short names of the units by slug."""
    return dict(unit_choices())


@per_version
def type_names() -> dict[str, str]:
    return dict(type_choices())


@per_version
def field_names() -> dict[str, str]:
    return dict(field_choices())
