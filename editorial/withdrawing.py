"""A live page is taken back (rút trang), or an approved one held back, with a reason that is kept."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.log_actions import log
from wagtail.models import Locale, Page, PageQuerySet

from editorial import deciders
from editorial.guard import decided
from editorial.kinds import kind_of
from editorial.models import ApprovalRule, Withdrawal


class WithdrawalRefused(ValidationError):
    """A page cannot be taken back, or not in this way; the message says why."""


def may_withdraw(user: Any, page: Page) -> bool:
    """Whoever decides last whether a page goes live: the board, and the unit's head where the board is not asked."""
    if not user.is_active:
        return False
    if user.is_superuser or deciders.is_on_board(user):
        return True
    unit = deciders.unit_of(page)
    heads_it = unit is not None and unit in deciders.units_headed_by(user)
    return heads_it and not ApprovalRule.objects.narrowest(unit, kind_of(page)).needs_board


def is_frame(page: Page) -> bool:
    """True for front pages and lists: without them, the pages below have no address."""
    return page.specific_class.max_count_per_parent is not None


def successors(page: Page) -> PageQuerySet:
    """Pages that may replace one: everybody may read them."""
    readable = Page.objects.live().public().filter(depth__gt=1, alias_of__isnull=True)
    return readable.exclude(translation_key=page.translation_key)


def live_translations(page: Page) -> list[Page]:
    """Live pages that are translated from this one, which stands in the portal's first language."""
    if page.locale_id != Locale.get_default().pk:
        return []
    return list(page.get_translations().live().filter(alias_of__isnull=True).specific())


@transaction.atomic
def withdraw(
    *, page: Page, user: Any, reason: str, successor: Page | None = None, with_translations: bool = False
) -> list[Page]:
    """Take a live page from its readers, who are told the reason or led to its successor; the pages are returned.

    A review that is under way is cancelled, and so is a schedule. PermissionDenied for whoever does not decide about
    the page or one of its translations; WithdrawalRefused without a reason, where it is not live, and for a successor
    that not everybody can read.
    """
    pages = [page, *(live_translations(page) if with_translations else ())]
    if not all(may_withdraw(user, each) for each in pages):
        raise PermissionDenied
    if not reason.strip():
        raise WithdrawalRefused(_("Say why the page is withdrawn: its readers are told."))
    if successor is not None and not successors(page).filter(pk=successor.pk).exists():
        raise WithdrawalRefused(_("The page that replaces it must be one that everybody can read."))
    for each in pages:
        _withdraw(each, user, reason.strip(), _in_language_of(each, successor))
    return pages


def _withdraw(page: Page, user: Any, reason: str, successor: Page | None) -> None:
    page = Page.objects.select_for_update().get(pk=page.pk).specific
    if not page.live:
        raise WithdrawalRefused(_("“%(title)s” is not online.") % {"title": page.title})
    if is_frame(page):
        raise WithdrawalRefused(_("Front pages and lists cannot be withdrawn: other pages have their addresses there."))
    if page.workflow_in_progress:
        page.current_workflow_state.cancel(user=user)
    with decided():
        UnpublishPageAction(page, user=user, log_action=False).execute(skip_permission_checks=True)
    Withdrawal.objects.create(
        page_id=page.pk, reason=reason, successor=successor, withdrawn_by=user, withdrawn_at=timezone.now()
    )
    data = {"comment": reason, "successor": successor.pk if successor else None}
    log(instance=page, action="editorial.withdraw", user=user, data=data)


def _in_language_of(page: Page, successor: Page | None) -> Page | None:
    """The successor in the page's language where everybody can read it there, else as it was named."""
    if successor is None or successor.locale_id == page.locale_id:
        return successor
    return successors(page).filter(translation_key=successor.translation_key, locale=page.locale).first() or successor


@transaction.atomic
def unschedule(*, page: Page, user: Any, reason: str) -> None:
    """Hold back an approved page whose day has not come; it stays a draft, to be approved again.

    PermissionDenied for whoever does not decide about the page; WithdrawalRefused without a reason, and where nothing
    is scheduled.
    """
    if not may_withdraw(user, page):
        raise PermissionDenied
    if not reason.strip():
        raise WithdrawalRefused(_("Say why the page does not go online."))
    page = Page.objects.select_for_update().get(pk=page.pk).specific
    revision = page.scheduled_revision
    if revision is None:
        raise WithdrawalRefused(_("“%(title)s” is not scheduled.") % {"title": page.title})
    data = {"comment": reason.strip(), "go_live_at": revision.approved_go_live_at}
    page.revisions.filter(approved_go_live_at__isnull=False).update(approved_go_live_at=None)
    log(instance=page, action="editorial.unschedule", user=user, data=data, revision=revision)
