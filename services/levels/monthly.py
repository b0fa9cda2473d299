"""Saved look-ups by e-mail, once a month: totals, what changed since the last one, the rows as a file."""

import datetime
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from wagtail.models import Site
from wagtail.users.models import UserProfile

from core.exports import csv_response
from core.page_cache import today
from core.templatetags.portal import rate as as_percent
from core.templatetags.portal import vn_date
from editorial.mailing import deliver, drop, hand_over
from services.catalogue import own_locale
from services.filters import CatalogueQuery
from services.levels.lookup_page import rate_of, selection_of, table_of
from services.levels.lookups import is_open_to, query_of
from services.levels.wording import in_words
from services.lookup.totals import level_totals
from services.models import LookupMail, LookupSubscription

#: changed services that the text names; the link leads to all of them
MOST_NAMED = 30


def prepare(day: datetime.date | None = None) -> int:
    """Write down the e-mails of the month; how many are new. Repeatable, and late in the month as good as early.

    Who asked during the month gets the first one at the start of the next.
    """
    month = (day or today()).replace(day=1)
    begin = timezone.make_aware(datetime.datetime.combine(month, datetime.time()))
    asked = LookupSubscription.objects.filter(created_at__lt=begin)
    now, new = timezone.now(), 0
    for lookup, recipient in asked.values_list("lookup_id", "user_id"):
        values = {"created_at": now, "next_attempt_at": now}
        _mail, is_new = LookupMail.objects.get_or_create(
            lookup_id=lookup, recipient_id=recipient, month=month, defaults=values
        )
        new += is_new
    return new


def send_waiting() -> int:
    """Send the e-mails that wait; the number sent."""
    return deliver(LookupMail.objects.all(), send)


def send(mail: LookupMail) -> bool:
    """Send an e-mail that is claimed; False where nobody wants it any more or its filters hold no longer."""
    user, filters = mail.recipient, query_of(mail.lookup.query)
    asked = LookupSubscription.objects.filter(lookup=mail.lookup_id, user=user).first()
    if asked is None or not user.email or not is_open_to(mail.lookup, user) or not filters.is_valid():
        drop(mail)
        return False
    language = UserProfile.get_for_user(user).preferred_language or settings.LANGUAGE_CODE
    with translation.override(language):
        hand_over(mail, compose(mail, filters, _since(mail, asked)))
    return True


def _since(mail: LookupMail, asked: LookupSubscription) -> datetime.date:
    """The day of the e-mail before, or on which it was asked for."""
    earlier = LookupMail.objects.filter(lookup=mail.lookup_id, recipient=mail.recipient_id, sent_at__isnull=False)
    last = earlier.exclude(pk=mail.pk).order_by("-month").first()
    return timezone.localdate(last.sent_at if last else asked.created_at)


def compose(mail: LookupMail, filters: CatalogueQuery, since: datetime.date) -> EmailMessage:
    """The e-mail in the language at hand. Sent a second time after a crash, it has the same Message-ID."""
    values = {"name": mail.lookup.name, "month": f"{mail.month:%m/%Y}"}
    lines = [*_totals(filters), "", *_changes(filters, since), "", _("Open it here:"), _link(filters), ""]
    lines += [_("To get this e-mail no more, open the saved look-ups:"), _address("#saved"), ""]
    lines.append(str(settings.WAGTAIL_SITE_NAME))
    host = settings.WAGTAILADMIN_BASE_URL.split("://")[-1].split("/")[0].split(":")[0]
    message = EmailMessage(
        subject=" ".join((_("Levels in %(month)s: %(name)s") % values).split()),
        body="\n".join(lines),
        to=[mail.recipient.email],
        headers={"Message-ID": f"<lookup-{mail.pk}@{host}>", "Auto-Submitted": "auto-generated"},
    )
    message.attach(f"muc-do-{mail.month:%Y-%m}.csv", _file(filters), "text/csv")
    return message


def _totals(filters: CatalogueQuery) -> list[str]:
    selection = selection_of(filters)
    found = rate_of(filters).rate
    numbers = {"numerator": found.numerator, "denominator": found.denominator}
    share = as_percent(found.value) if found.value is not None else _("None arose")
    lines = [
        f"{_('Services')}: {selection.total}",
        _("Level 3 or 4: %(numerator)d of %(denominator)d services") % numbers + f" ({share})",
        f"{_('Units')}: {', '.join(found.units)}",
        f"{_('Formula')}: {found.formula} · {vn_date(found.date)} · {found.source}",
    ]
    for row in level_totals(filters.catalogue(own_locale()), selection):
        lines.append(f"{in_words(row.level, None)}: {row.exact}")
    return lines


def _changes(filters: CatalogueQuery, since: datetime.date) -> list[str]:
    """Services of the look-up with a record since a day."""
    changed = [item for item in selection_of(filters).items if item.changed_since(since)]
    if not changed:
        return [_("No level was recorded since %(day)s.") % {"day": vn_date(since)}]
    head = _("Levels recorded since %(day)s: %(number)d") % {"day": vn_date(since), "number": len(changed)}
    named = [f"- {item.code} {item.title}: {in_words(item.state.level, item.state.extent)}" for item in changed]
    more = [_("and %(number)d more") % {"number": len(named) - MOST_NAMED}] if len(named) > MOST_NAMED else []
    return [head, *named[:MOST_NAMED], *more]


def _file(filters: CatalogueQuery) -> bytes:
    site = Site.objects.filter(is_default_site=True).first()
    root = site.root_url if site else ""
    response: Any = csv_response(table_of(filters, lambda path: f"{root}{path}"))
    return b"".join(response)


def _link(filters: CatalogueQuery) -> str:
    return _address(filters.query())


def _address(rest: str) -> str:
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + reverse("levels:lookup") + rest
