"""Pages as the front page names them, many at once."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import prefetch_related_objects
from django.utils.text import capfirst
from wagtail.models import Page


def pages_by_id(numbers: Iterable[int]) -> dict[int, Page]:
    """Specific pages with what their names need, in a query a kind and one for what each kind reads."""
    pages = Page.objects.filter(pk__in=set(numbers)).select_related("locale").specific().in_bulk()
    by_model = defaultdict(list)
    for page in pages.values():
        by_model[type(page)].append(page)
    for model, found in by_model.items():
        if related := getattr(model, "served_with", ()):
            prefetch_related_objects(found, *related)
    return pages


def described(page: Page, *more: str) -> str:
    """The kind of a page with its code or reference: "Dịch vụ công, 2.000806"."""
    kind = capfirst(str(page.specific_class._meta.verbose_name))
    return ", ".join(filter(None, [kind, getattr(page, "identifier", ""), *more]))
