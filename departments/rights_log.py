"""What provisioning gave and took stands in the audit log, an entry a group."""

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.dispatch import Signal
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import get_active_log_context
from wagtail.models import ModelLogEntry

from departments.provisioning_report import Report

ACTION = "departments.rights"
#: sent with `entries`, which were written at once and so sent no signal of their own
rights_logged = Signal()


def log_rights(report: Report) -> None:
    """An entry for each group that is there and whose rights a run of provisioning changed, by whoever is signed in."""
    groups = Group.objects.filter(name__in={*report.given, *report.taken})
    content_type, now = ContentType.objects.get_for_model(Group), timezone.now()
    entries = [
        ModelLogEntry(
            content_type=content_type,
            object_id=str(group.pk),
            label=group.name,
            action=ACTION,
            timestamp=now,
            user=get_active_log_context().user,
            data={"comment": _in_words(report.given.get(group.name, 0), report.taken.get(group.name, []))},
        )
        for group in groups
    ]
    if entries:
        ModelLogEntry.objects.bulk_create(entries)
        rights_logged.send(sender=ModelLogEntry, entries=entries)


def _in_words(given: int, taken: list[str]) -> str:
    parts = [_("Rights given: %(number)d.") % {"number": given}] if given else []
    parts += [_("Rights taken away: %(rights)s.") % {"rights": "; ".join(taken)}] if taken else []
    return " ".join(parts)
