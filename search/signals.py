"""Receivers that keep entries in step with pages, and with the records that stand in their text.

By `post_save` and `post_delete`, which are sent inside the transaction of the change; Wagtail's `page_published`,
`page_unpublished` and `post_page_move` come after its commit. Connected without a sender: moves, scheduled expiry and
the unpublishing of aliases save a bare `Page`.
"""

from collections.abc import Collection
from typing import Any

from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete
from wagtail.models import Page

from core.page_cache import touch
from search.engines import database_engine
from search.entries import forget_page, rewrite_entries, write_entry
from search.kinds import affected_pages
from search.models import SearchEntry
from search.outbox import announce, bury

# What is saved of a page by name without a change of what readers see: a new draft, a lock, a child added.
DRAFT_FIELDS = frozenset(
    {
        "latest_revision_created_at",
        "draft_title",
        "latest_revision",
        "live_revision",
        "has_unpublished_changes",
        "wagtail_admin_comments",
        "locked",
        "locked_by",
        "locked_at",
        "numchild",
        "url_path",
    }
)


def follow_save(
    instance: Model, raw: bool = False, update_fields: Collection[str] | None = None, **_kwargs: Any
) -> None:
    if raw or isinstance(instance, SearchEntry):
        return
    if isinstance(instance, Page):
        if update_fields is not None and DRAFT_FIELDS.issuperset(update_fields):
            return
        write_entry(instance)
    _follow_record(instance)


def precede_delete(instance: Model, **_kwargs: Any) -> None:
    """Before the row of an entry goes, by hand or with its page, its versions are noted down.

    And before another record goes, which pages it concerns: by the end Wagtail may have forgotten which refer to it.
    """
    if isinstance(instance, SearchEntry):
        bury(instance)
    elif not isinstance(instance, Page):
        affected = [(pages.model, list(pages.values_list("pk", flat=True))) for pages in affected_pages(instance)]
        instance._pages_to_follow = affected


def follow_delete(instance: Model, **_kwargs: Any) -> None:
    """The row of a deleted page's entry goes with it (CASCADE); here the engine follows."""
    if isinstance(instance, SearchEntry):
        database_engine().remove([instance.pk])
        touch()
        announce()
    elif isinstance(instance, Page):
        forget_page(instance.pk)
    else:
        for model, ids in getattr(instance, "_pages_to_follow", ()):
            rewrite_entries(model._default_manager.filter(pk__in=ids))


def follow_relation(instance: Model, action: str, **_kwargs: Any) -> None:
    if action.startswith("post_"):
        _follow_record(instance)


def _follow_record(instance: Model) -> None:
    for pages in affected_pages(instance):
        rewrite_entries(pages)


post_save.connect(follow_save)
pre_delete.connect(precede_delete)
post_delete.connect(follow_delete)
m2m_changed.connect(follow_relation)
