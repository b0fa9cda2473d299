"""E-mails about a review, each once: written down with what they tell about, sent when the mail server takes them."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from editorial.models.review import ReviewState

#: for so long nobody else sends a notice that one worker is sending; a worker that died has lost it then
LEASE = timedelta(minutes=10)
#: longest time until the next attempt
LONGEST_PAUSE = timedelta(hours=1)


class NoticeKind(models.TextChoices):
    """What is told, to those who decide and to whoever sent the page."""

    ASKED = "asked", _("a page waits for approval")
    DUE = "due", _("the last day of a review comes")
    OVERDUE = "overdue", _("a review is overdue")
    ESCALATED = "escalated", _("a review was handed on")
    RETURNED = "returned", _("a page was sent back")
    PASSED_ON = "passed_on", _("the unit has approved")
    PUBLISHED = "published", _("a page was approved and published")


#: these ask somebody to decide: nobody needs them any more once the step is over
ASKING = (NoticeKind.ASKED, NoticeKind.DUE, NoticeKind.OVERDUE, NoticeKind.ESCALATED)


class NoticeQuerySet(models.QuerySet):
    def waiting(self, now: datetime):
        """Those whose turn has come, the oldest first."""
        return self.filter(sent_at=None, dropped_at=None, next_attempt_at__lte=now).order_by("next_attempt_at", "pk")

    def claim(self, notice: "Notice", now: datetime) -> bool:
        """Reserve a notice for this worker; False where another one has it. One statement: two cannot both succeed."""
        mine = self.waiting(now).filter(pk=notice.pk).order_by()
        return mine.update(next_attempt_at=now + LEASE, attempts=F("attempts") + 1) == 1


class Notice(models.Model):
    """One e-mail to one person about one step of a review: the row is unique, so it is sent once."""

    kind = models.CharField(max_length=20, choices=NoticeKind)
    state = models.ForeignKey(ReviewState, on_delete=models.CASCADE, related_name="notices")
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField()
    next_attempt_at = models.DateTimeField(db_index=True)
    attempts = models.PositiveIntegerField(default=0)
    error = models.TextField(blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    #: when it turned out that nobody needs it any more, or that it cannot reach anybody
    dropped_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "state", "recipient"], name="one_notice_a_kind_step_and_recipient")
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.recipient}"

    def postpone(self, error: Exception, now: datetime) -> None:
        """Keep why it could not be sent, and try again after a pause that doubles with every attempt."""
        pause = min(timedelta(minutes=2 ** min(self.attempts, 10)), LONGEST_PAUSE)
        Notice.objects.filter(pk=self.pk).update(error=f"{type(error).__name__}: {error}", next_attempt_at=now + pause)
