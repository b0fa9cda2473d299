"""New pages put under their sections by the hundred: rows of the tree are written in bulk, paths counted by hand.

`add_child` takes 40 statements a page. What it keeps right is kept right here: path, depth, `numchild`, `url_path`,
and a slug that is free among pages of the kind and among siblings. `fixtree` finds nothing to mend.
"""

from collections.abc import Iterable, Sequence
from itertools import count

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import F
from django.utils import timezone
from wagtail.models import Page

from core.text import slugify
from services.models import ServicePage

_PAGE_FIELDS = [field.attname for field in Page._meta.concrete_fields if not field.primary_key]


def insert_pages(pages: Sequence[tuple[ServicePage, Page]]) -> None:
    """Insert pages, each under its section. Must run in a transaction; sends no signals."""
    parents = {section.pk: section for _page, section in pages}
    locked = Page.objects.select_for_update().in_bulk(parents)
    for pk, parent in locked.items():
        _place([page for page, section in pages if section.pk == pk], parent)
    listed = [page for page, _section in pages]
    for page in listed:
        page.content_type = ContentType.objects.get_for_model(ServicePage)
    # A service page has every column of a Page, so it serves as the row of both tables.
    Page.objects.bulk_create(listed)
    for page in listed:
        page.pk = page.id
    own = ServicePage._meta.local_concrete_fields
    most = connection.ops.bulk_batch_size(own, listed)
    for start in range(0, len(listed), most):
        # `bulk_create` refuses a model with a parent, whose row it does not make; ours is made.
        ServicePage._base_manager._insert(listed[start : start + most], fields=own, using=connection.alias)


def update_pages(pages: Iterable[ServicePage]) -> None:
    """Write pages that keep their place, without a revision. The tree's own columns are left alone."""
    fields = [name for name in _PAGE_FIELDS if name not in {"path", "depth", "numchild", "slug", "url_path"}]
    for page in pages:
        Page.objects.filter(pk=page.pk).update(**{name: getattr(page, name) for name in fields})
        page.save_base(raw=True, force_update=True)


def _place(pages: list[ServicePage], parent: Page) -> None:
    taken = set(ServicePage.objects.filter(locale_id=pages[0].locale_id).values_list("slug", flat=True))
    children = parent.get_children()
    taken.update(children.values_list("slug", flat=True))
    last = children.order_by("path").values_list("path", flat=True).last()
    step = Page._str2int(last[-Page.steplen :]) if last else 0
    for at, page in enumerate(pages, start=step + 1):
        page.depth = parent.depth + 1
        page.path = Page._get_path(parent.path, page.depth, at)
        page.slug = _free_slug(page.title, taken)
        taken.add(page.slug)
        page.url_path = f"{parent.url_path}{page.slug}/"
    Page.objects.filter(pk=parent.pk).update(numchild=F("numchild") + len(pages))


def _free_slug(title: str, taken: set[str]) -> str:
    wanted = slugify(title, max_length=80) or "dich-vu"
    if wanted not in taken:
        return wanted
    return next(slug for number in count(2) if (slug := f"{wanted}-{number}") not in taken)


def publish_in_memory(page: ServicePage) -> None:
    """Mark the page as live from now on."""
    now = timezone.now()
    page.live = True
    page.first_published_at = page.first_published_at or now
    page.last_published_at = now
