"""Units and fields as values of filters and as names, in the language of the request."""

from core.page_cache import per_version
from departments.models import Department, Field


@per_version
def unit_choices() -> tuple[tuple[str, str], ...]:
    return tuple((unit.slug, unit.label) for unit in Department.objects.all())


@per_version
def unit_words() -> dict[str, tuple[str, ...]]:
    """By slug, the names by which a unit is asked for."""
    return {
        unit.slug: tuple(
            filter(None, (unit.name, unit.name_en, unit.short_name, *map(str.strip, unit.aliases.splitlines())))
        )
        for unit in Department.objects.all()
    }


@per_version
def field_choices() -> tuple[tuple[str, str], ...]:
    return tuple((field.slug, field.local_name) for field in Field.objects.all())


@per_version
def unit_names() -> dict[str, str]:
    """Short names of the units by slug."""
    return dict(unit_choices())


@per_version
def field_names() -> dict[str, str]:
    return dict(field_choices())
