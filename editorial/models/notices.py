"""E-mails about a review, each once: written down with what they tell about, sent when the mail server takes them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from editorial.models.outgoing import OutgoingMail
from editorial.models.review import ReviewState


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


class Notice(OutgoingMail):
    """One e-mail to one person about one step of a review: the row is unique, so it is sent once."""

    kind = models.CharField(max_length=20, choices=NoticeKind)
    state = models.ForeignKey(ReviewState, on_delete=models.CASCADE, related_name="notices")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "state", "recipient"], name="one_notice_a_kind_step_and_recipient")
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.recipient}"
