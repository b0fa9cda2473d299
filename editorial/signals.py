"""Where the guard, the review and the trace listen."""

from typing import Any

from django.db.models.signals import post_save, pre_delete, pre_save
from wagtail.models import ModelLogEntry, Page, PageLogEntry, Revision

from departments.rights_log import rights_logged
from editorial.guard import refuse_to_delete_online, refuse_undecided_page, refuse_undecided_schedule
from editorial.models import ReviewState
from editorial.trace import mirror


def guard_page(sender: type, instance: Any, raw: bool = False, update_fields: Any = None, **_kwargs: Any) -> None:
    if isinstance(instance, Page) and not raw:
        refuse_undecided_page(instance, update_fields)


def guard_deletion(sender: type, instance: Any, **_kwargs: Any) -> None:
    if isinstance(instance, Page):
        refuse_to_delete_online(instance)


def guard_schedule(sender: type, instance: Revision, update_fields: Any = None, **_kwargs: Any) -> None:
    refuse_undecided_schedule(instance, update_fields)


def review_anew(sender: type, instance: Any, update_fields: Any = None, **_kwargs: Any) -> None:
    """A page that changes while it is under review is reviewed from the beginning: approvals were of another text.

    A new revision is stamped on the page's row: before that, the page does not know it.
    """
    if isinstance(instance, Page) and "latest_revision" in (update_fields or ()):
        for state in ReviewState.objects.running_on(instance).exclude(revision=instance.latest_revision_id):
            state.begin_anew()


def mirror_entry(sender: type, instance: Any, created: bool = False, raw: bool = False, **_kwargs: Any) -> None:
    if created and not raw:
        mirror([instance])


pre_save.connect(guard_page)
pre_delete.connect(guard_deletion)
pre_save.connect(guard_schedule, sender=Revision)
post_save.connect(review_anew)


def mirror_entries(sender: type, entries: list[ModelLogEntry], **_kwargs: Any) -> None:
    mirror(entries)


rights_logged.connect(mirror_entries)
post_save.connect(mirror_entry, sender=PageLogEntry)
post_save.connect(mirror_entry, sender=ModelLogEntry)
