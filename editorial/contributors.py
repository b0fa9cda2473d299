"""Who wrote what would go live: they do not approve it."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import chain
from typing import Any

from django.db.models import Q
from wagtail.models import Page, PageLogEntry, Revision
from wagtail_localize.models import SegmentOverride, StringTranslation

#: steps of publishing are logged as changes of the content, too; whoever approves does not become an author
_NOT_WRITING = Q(action__startswith="wagtail.publish") | Q(action__startswith="wagtail.unpublish")
#: id of a page, id of a user or None, when that user wrote, id of the revision or None
_Trace = tuple[int, int | None, datetime, int | None]


def contributors(page: Page) -> frozenset[int]:
    """Ids of the users who changed the page, or translated it, since what is live now was written."""
    return contributors_of([page])[page.pk]


def contributors_of(pages: Iterable[Page], user: Any = None) -> dict[int, frozenset[int]]:
    """The contributors of each page by its id, in the same number of queries for one page and for many.

    Revisions tell it, the log tells it even where revisions were purged, and translators are known only to their
    strings. With `user`, nobody else is looked for.
    """
    pages = {page.pk: page for page in pages}
    since = _written_at(pages.values())
    found = {pk: {page.owner_id} if since[pk] is None else set() for pk, page in pages.items()}
    for pk, writer, moment, revision in chain(_revisions(pages, user), _entries(pages, user), _strings(pages, user)):
        is_live_text = revision is not None and revision == pages[pk].live_revision_id
        if not is_live_text and (since[pk] is None or moment > since[pk]):
            found[pk].add(writer)
    wanted = {user.pk} if user else None
    return {pk: frozenset((writers & wanted if wanted else writers) - {None}) for pk, writers in found.items()}


def _written_at(pages: Iterable[Page]) -> dict[int, datetime | None]:
    """When the version that is live was written, or the one that was live last; None where none ever was."""
    live = Revision.objects.filter(pk__in={page.live_revision_id for page in pages} - {None})
    moments = dict(live.values_list("pk", "created_at"))
    return {page.pk: moments.get(page.live_revision_id, page.last_published_at) for page in pages}


def _revisions(pages: dict[int, Page], user: Any) -> Iterator[_Trace]:
    rows = Revision.objects.page_revisions().filter(object_id__in=[str(pk) for pk in pages])
    rows = rows.filter(user=user) if user else rows
    for page, *rest in rows.order_by().values_list("object_id", "user_id", "created_at", "pk"):
        yield (int(page), *rest)


def _entries(pages: dict[int, Page], user: Any) -> Iterator[_Trace]:
    rows = PageLogEntry.objects.filter(page_id__in=pages, content_changed=True).exclude(_NOT_WRITING)
    rows = rows.filter(user=user) if user else rows
    yield from rows.order_by().values_list("page_id", "user_id", "timestamp", "revision_id")


def _strings(pages: dict[int, Page], user: Any) -> Iterator[_Trace]:
    translated = {(page.translation_key, page.locale_id): pk for pk, page in pages.items()}
    keys, locales = zip(*translated, strict=True) if translated else ((), ())
    for model in (StringTranslation, SegmentOverride):
        rows = model.objects.filter(context__object_id__in=keys, locale_id__in=locales)
        rows = rows.filter(last_translated_by=user) if user else rows
        columns = ("context__object_id", "locale_id", "last_translated_by_id", "updated_at")
        for key, locale, writer, moment in rows.order_by().values_list(*columns):
            if page := translated.get((key, locale)):
                yield page, writer, moment, None
