from core.querysets import ReadableQuerySet


class ServicePageQuerySet(ReadableQuerySet):
    """Public services."""
