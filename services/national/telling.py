"""The portal board is told of differences that are new, each once."""

from collections import Counter
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from wagtail.users.models import UserProfile

from editorial import deciders
from services.models.national import FindingKind, NationalComparison, NationalFinding


def tell_of_new_findings() -> int:
    """Send each member of the board one e-mail about what nobody was told of yet; the number of findings told.

    Where the mail server fails, nothing is marked: the next run tells again.
    """
    new = NationalFinding.objects.filter(told_at=None)
    ids = list(new.values_list("pk", flat=True))
    recipients = [user for user in deciders.board() if user.email]
    if not ids or not recipients:
        return 0
    counts = Counter(new.values_list("kind", flat=True))
    comparison = NationalComparison.objects.latest()
    for user in recipients:
        _mail(user, counts, comparison).send()
    return NationalFinding.objects.filter(pk__in=ids).update(told_at=timezone.now())


def _mail(user: Any, counts: Counter, comparison: NationalComparison) -> EmailMessage:
    language = UserProfile.get_for_user(user).preferred_language or settings.LANGUAGE_CODE
    with translation.override(language):
        lines = [
            _("The comparison with the national list (%(file)s, of %(day)s) found differences that are new:")
            % {"file": comparison.file_name, "day": f"{comparison.listed_on:%d/%m/%Y}"},
            *(f"- {kind.label}: {counts[kind]}" for kind in FindingKind if counts[kind]),
            "",
            _("The report:"),
            settings.WAGTAILADMIN_BASE_URL.rstrip("/") + reverse("editorial:report", args=["national"]),
        ]
        subject = _("Differences from the national list: %(count)d new") % {"count": counts.total()}
        return EmailMessage(subject=subject, body="\n".join(lines), to=[user.email])
