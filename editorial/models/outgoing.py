"""E-mails that wait: each once, whoever else sends, and however long the mail server is away."""

from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F

#: for so long nobody else sends an e-mail that one worker is sending; a worker that died has lost it then
LEASE = timedelta(minutes=10)
#: longest time until the next attempt
LONGEST_PAUSE = timedelta(hours=1)


class OutgoingQuerySet(models.QuerySet):
    def waiting(self, now: datetime) -> Self:
        """Those whose turn has come, the oldest first."""
        return self.filter(sent_at=None, dropped_at=None, next_attempt_at__lte=now).order_by("next_attempt_at", "pk")

    def claim(self, mail: "OutgoingMail", now: datetime) -> bool:
        """Reserve one for this worker; False where another one has it. One statement: two cannot both succeed."""
        mine = self.waiting(now).filter(pk=mail.pk).order_by()
        return mine.update(next_attempt_at=now + LEASE, attempts=F("attempts") + 1) == 1


class OutgoingMail(models.Model):
    """One e-mail to one person; a constraint of the subclass says of what there is only one."""

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField()
    next_attempt_at = models.DateTimeField(db_index=True)
    attempts = models.PositiveIntegerField(default=0)
    error = models.TextField(blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    #: when it turned out that nobody needs it any more, or that it cannot reach anybody
    dropped_at = models.DateTimeField(null=True, blank=True)

    objects = OutgoingQuerySet.as_manager()

    class Meta:
        abstract = True

    def postpone(self, error: Exception, now: datetime) -> None:
        """Keep why it could not be sent, and try again after a pause that doubles with every attempt."""
        pause = min(timedelta(minutes=2 ** min(self.attempts, 10)), LONGEST_PAUSE)
        type(self).objects.filter(pk=self.pk).update(
            error=f"{type(error).__name__}: {error}", next_attempt_at=now + pause
        )
