"""Whatever changes what readers see drops the pages that they are shown; a new file is queued to be read."""

from django.db import transaction
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save
from wagtail.models import Collection, CollectionViewRestriction, Locale, Page, PageViewRestriction, Revision, Site

from core.file_text.extraction import State
from core.models import PortalDocument
from core.page_cache import touch
from core.publishing import refuse_incomplete
from core.tasks import read_file_text

PUBLIC_MODELS = (Page, PageViewRestriction, Site, Locale, Collection, CollectionViewRestriction)


def is_public(model: type) -> bool:
    """True for pages, what restricts them, and every model that declares `shown_to_readers`."""
    return issubclass(model, PUBLIC_MODELS) or getattr(model, "shown_to_readers", False)


def drop_pages(sender, instance, created=False, update_fields=None, **_kwargs) -> None:
    if not is_public(sender):
        return
    if created and isinstance(instance, Page) and not instance.live:
        return  # nobody has seen a new draft
    if update_fields is not None and isinstance(instance, Page) and not {"live", "title"} & set(update_fields):
        return  # saving a draft stamps the page row with its revision; readers see no change
    touch()


def drop_pages_for_relation(sender, instance, action, **_kwargs) -> None:
    if action.startswith("post_") and is_public(type(instance)):
        touch()


def refuse_to_schedule_incomplete(sender, instance: Revision, update_fields=None, **_kwargs) -> None:
    """A page is scheduled by storing the day on its revision: that door asks the gate too."""
    if instance.approved_go_live_at is None:
        return
    page = instance.as_object()
    if hasattr(page, "missing_items"):
        refuse_incomplete(page)


def queue_reading(sender, instance: PortalDocument, raw=False, update_fields=None, **_kwargs) -> None:
    """After commit, so that the worker finds the file; what gets lost in between is found by `read_missed_files`."""
    if raw or instance.text_state != State.WAITING:
        return
    if update_fields is None or "file" in update_fields:
        transaction.on_commit(lambda: read_file_text.enqueue(instance.pk))


post_save.connect(drop_pages)
post_delete.connect(drop_pages)
m2m_changed.connect(drop_pages_for_relation)
pre_save.connect(refuse_to_schedule_incomplete, sender=Revision)
post_save.connect(queue_reading, sender=PortalDocument)
