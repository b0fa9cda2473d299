"""A draft of a translation stays a draft: wagtail-localize knows no review and writes drafts into what readers see."""

from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail_localize.models import TranslationSource

from editorial.guard import decided


class TranslationUnderReview(ValidationError):
    """The translation is being reviewed: what would be saved now, nobody would have read."""


def keep_drafts_from_readers() -> None:
    """Let every door of wagtail-localize (submit, editor, sync) save pages as drafts only, whatever it is asked for."""
    original = TranslationSource.create_or_update_translation
    if hasattr(original, "__wrapped__"):
        return

    @wraps(original)
    def as_draft(self: TranslationSource, locale: Any, user: Any = None, publish: bool = True, **kwargs: Any) -> Any:
        if not issubclass(self.specific_content_type.model_class(), Page):
            return original(self, locale, user=user, publish=publish, **kwargs)
        with transaction.atomic(), decided():
            before = _page(self, locale)
            _require_rights(user, self, locale, before)
            _refuse_under_review(before)
            live = _live_revision(before) if before is not None and before.live else None
            done = original(self, locale, user=user, publish=False, **kwargs)
            if live is not None:
                _put_back(before, live)
            return done

    TranslationSource.create_or_update_translation = as_draft


def _page(source: TranslationSource, locale: Any) -> Page | None:
    model = source.specific_content_type.model_class()
    return model.objects.filter(translation_key=source.object_id, locale=locale).first()


def _require_rights(user: Any, source: TranslationSource, locale: Any, page: Page | None) -> None:
    """PermissionDenied where the user may not change the translation, or not add one where it would stand.

    wagtail-localize asks only whether somebody may translate at all, not whose pages.
    """
    if user is None:
        return
    if page is not None:
        is_allowed = page.permissions_for_user(user).can_edit()
    else:
        above = source.get_source_instance().get_ancestors().reverse()
        parents = (parent.get_translation_or_none(locale) for parent in above)
        parent = next((found for found in parents if found is not None), None)
        is_allowed = parent is not None and parent.permissions_for_user(user).can_add_subpage()
    if not is_allowed:
        raise PermissionDenied


def _refuse_under_review(page: Page | None) -> None:
    if page is not None and page.workflow_in_progress:
        raise TranslationUnderReview(
            {"__all__": [_("This translation is being reviewed. It can be changed after the decision.")]}
        )


def _live_revision(page: Page) -> Any:
    """What readers see, as a revision; made where the page went live without one."""
    if page.live_revision_id is None:
        revision = page.save_revision(changed=False, clean=False)
        type(page).objects.filter(pk=page.pk).update(live_revision=revision)
        return revision
    return page.live_revision


def _put_back(before: Page, live: Any) -> None:
    """Put what readers see back into the row, in the transaction that overwrote it; its day of publication stays."""
    live.publish(log_action=False, skip_permission_checks=True)
    type(before).objects.filter(pk=before.pk).update(
        last_published_at=before.last_published_at, first_published_at=before.first_published_at
    )
