"""Which files an editor may put on a page: a number typed by hand must not reach another unit's drafts."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page
from wagtail.permissions import policy_registry

from core.file_access import Key, file_keys, is_shown_to_readers


def has_foreign_files(page: Page, user: Any) -> bool:
    """True where the page, as it was filled in, newly shows a file that is not public and not the user's to choose."""
    foreign = {key for key in file_keys(page) if not _may_choose(user, key)}
    return bool(foreign - _files_before(page)) if foreign else False


def _may_choose(user: Any, key: Key) -> bool:
    model = ContentType.objects.get_for_id(key[0]).model_class()
    if model is None or is_shown_to_readers(model, int(key[1])):
        return True
    file = model.objects.filter(pk=key[1]).first()
    policy = policy_registry.get_by_type(model)
    return file is None or policy.user_has_any_permission_for_instance(user, ["choose", "change"], file)


def _files_before(page: Page) -> set[Key]:
    """What the page showed already, as it is read or as it was last drafted."""
    stored = type(page)._base_manager.filter(pk=page.pk).first() if page.pk else None
    if stored is None:
        return set()
    draft = stored.get_latest_revision_as_object()
    return file_keys(stored) | file_keys(draft)
