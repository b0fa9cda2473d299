"""Who wrote what would go live: they do not approve it."""

from datetime import datetime
from typing import Any

from django.db.models import Q
from wagtail.models import Page, PageLogEntry, Revision
from wagtail_localize.models import SegmentOverride, StringTranslation

#: steps of publishing are logged as changes of the content, too; whoever approves does not become an author
_NOT_WRITING = Q(action__startswith="wagtail.publish") | Q(action__startswith="wagtail.unpublish")


def contributors(page: Page) -> frozenset[int]:
    """Ids of the users who changed the page, or translated it, since what is live now was written.

    Revisions tell it, the log tells it even where revisions were purged, and translators are known only to their
    strings.
    """
    since = _written_at(page)
    found = {page.owner_id} if since is None else set()
    revisions = Revision.objects.for_instance(page).exclude(pk=page.live_revision_id)
    entries = PageLogEntry.objects.filter(page_id=page.pk, content_changed=True).exclude(_NOT_WRITING)
    if page.live_revision_id:
        entries = entries.exclude(revision_id=page.live_revision_id)
    found |= _users(revisions, "created_at", since, "user_id")
    found |= _users(entries, "timestamp", since, "user_id")
    for model in (StringTranslation, SegmentOverride):
        strings = model.objects.filter(context__object_id=page.translation_key, locale_id=page.locale_id)
        found |= _users(strings, "updated_at", since, "last_translated_by_id")
    return frozenset(found - {None})


def _written_at(page: Page) -> datetime | None:
    """When the version that is live was written, or the one that was live last; None where none ever was."""
    if page.live_revision_id:
        return page.live_revision.created_at
    return page.last_published_at


def _users(rows: Any, when: str, since: datetime | None, who: str) -> set[int | None]:
    if since is not None:
        rows = rows.filter(**{f"{when}__gt": since})
    return set(rows.order_by().values_list(who, flat=True).distinct())
