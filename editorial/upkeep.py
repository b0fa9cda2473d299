"""Published pages are looked at again: each kind has an interval after which its owner confirms that it still holds.

A page was looked at when it was last published or confirmed, whichever came later. It is due that many months after,
and overdue from the next day on.
"""

import calendar
import datetime
from dataclasses import dataclass
from heapq import merge
from itertools import islice
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page
from wagtail.query import PageQuerySet

from departments.models import DepartmentPage
from departments.roles import AUTHOR, REVIEWER
from editorial import deciders
from editorial.kinds import kind_of
from editorial.models import Confirmation, UpkeepRule
from editorial.units import with_unit

#: days before it is due that a page is shown to its owner
NOTICE = 30
_NEVER = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)


@dataclass(frozen=True, slots=True)
class Duty:
    """A live page that its owner must look at; `due_on` is the last day for it."""

    page: Page
    due_on: datetime.date
    is_overdue: bool


class ConfirmationRefused(ValidationError):
    """The page cannot be confirmed; the message says why."""


# --- which pages ---------------------------------------------------------------------------------------------------


def due_by(day: datetime.date) -> PageQuerySet:
    """Live pages whose review is due by a day, with `reviewed_at`."""
    due = Q(pk__in=[])
    for rule in UpkeepRule.objects.all():
        due |= _due_under(rule, day)
    return _with_review().filter(due)


def overdue(today: datetime.date) -> PageQuerySet:
    """Live pages whose review should have come before today, with `reviewed_at` and `unit` (see `with_unit`)."""
    return with_unit(due_by(today - datetime.timedelta(days=1)))


def duties_of(user: Any, today: datetime.date, limit: int = 20) -> list[Duty]:
    """What a user must look at within the next days or should have already, the longest due first; at most `limit`."""
    until = today + datetime.timedelta(days=NOTICE)
    mine = _owned_by(user, _with_review())
    found = []
    for rule in UpkeepRule.objects.all():
        pages = mine.filter(_due_under(rule, until)).select_related("locale", "content_type").order_by("reviewed_at")
        found.append([_duty(page, rule.months, today) for page in pages[:limit]])
    return list(islice(merge(*found, key=lambda duty: duty.due_on), limit))


def due_on(page: Page) -> datetime.date | None:
    """The last day for the next review of a page; None where it is not live or its kind is not reviewed."""
    rule = UpkeepRule.objects.filter(kind=kind_of(page)).first()
    reviewed = _with_review().filter(pk=page.pk).first() if rule else None
    return _duty(reviewed, rule.months, timezone.localdate()).due_on if reviewed else None


def _with_review() -> PageQuerySet:
    """Live pages with `reviewed_at`, when each was last published or confirmed."""
    confirmed = Confirmation.objects.filter(page=OuterRef("pk")).order_by("-confirmed_at").values("confirmed_at")
    published = Coalesce(F("last_published_at"), F("first_published_at"), Value(_NEVER))
    # Where one of two moments is unknown, databases disagree about which is the later.
    reviewed = Greatest(Coalesce(Subquery(confirmed[:1]), Value(_NEVER)), published)
    return Page.objects.live().filter(alias_of__isnull=True).annotate(reviewed_at=reviewed)


def _due_under(rule: UpkeepRule, day: datetime.date) -> Q:
    app, model = rule.kind.split(".")
    kind = ContentType.objects.filter(app_label=app, model=model).values("pk")
    after = _latest_due_by(day, rule.months) + datetime.timedelta(days=1)
    midnight = timezone.make_aware(datetime.datetime.combine(after, datetime.time.min))
    return Q(content_type__in=kind, reviewed_at__lt=midnight)


def _owned_by(user: Any, pages: PageQuerySet) -> PageQuerySet:
    """Pages of the units for which a user writes or approves; the board's are those outside of sections."""
    sections = DepartmentPage.objects.filter(department__in=_units_of(user)).values_list("path", flat=True)
    mine = Q(pk__in=[])
    for path in sections:
        mine |= Q(path__startswith=path)
    if user.is_superuser or deciders.is_on_board(user):
        return with_unit(pages).filter(mine | Q(unit=None))
    return pages.filter(mine)


def _units_of(user: Any) -> list[int]:
    return deciders.units_of(user, AUTHOR, REVIEWER)


def _duty(page: Page, months: int, today: datetime.date) -> Duty:
    last_day = months_after(timezone.localdate(page.reviewed_at), months)
    return Duty(page=page, due_on=last_day, is_overdue=last_day < today)


# --- confirming ----------------------------------------------------------------------------------------------------


def may_confirm(user: Any, page: Page) -> bool:
    """Whoever writes or approves for the page's unit, and the board."""
    if not user.is_active:
        return False
    if user.is_superuser or deciders.is_on_board(user):
        return True
    unit = deciders.unit_of(page)
    return unit is not None and unit in _units_of(user)


@transaction.atomic
def confirm(*, page: Page, user: Any) -> Confirmation:
    """Record that a live page still holds as it is; nothing is published.

    PermissionDenied for whoever does not own the page; ConfirmationRefused where it is not live.
    """
    if not may_confirm(user, page):
        raise PermissionDenied
    if not page.live:
        raise ConfirmationRefused(_("Only what is online can be confirmed."))
    log(instance=page, action="editorial.confirm", user=user, revision=page.live_revision)
    return Confirmation.objects.create(page_id=page.pk, user=user)


# --- months --------------------------------------------------------------------------------------------------------


def months_after(day: datetime.date, months: int) -> datetime.date:
    """The same day of a later month, or its last day where it is shorter: six months after 31 August is 28 February."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return datetime.date(year, month + 1, min(day.day, _length(year, month + 1)))


def _latest_due_by(day: datetime.date, months: int) -> datetime.date:
    """The latest day for which `months_after` gives `day` or an earlier one."""
    before = months_after(day, -months)
    is_last = day.day == _length(day.year, day.month)
    return before.replace(day=_length(before.year, before.month)) if is_last else before


def _length(year: int, month: int) -> int:
    """Days of a month."""
    return calendar.monthrange(year, month)[1]
