"""Reminders to report, each once: written down before they are sent."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from editorial.models.outgoing import OutgoingMail
from plans.models.plans import Plan


class ReminderKind(models.TextChoices):
    DUE = "due", _("a report is due soon")
    OVERDUE = "overdue", _("a report is overdue")


class ReportReminder(OutgoingMail):
    """One e-mail to one person about all that the person's units are yet to report for a period."""

    kind = models.CharField(max_length=20, choices=ReminderKind)
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="reminders")
    period_end = models.DateField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "plan", "period_end", "recipient"], name="one_reminder_a_kind_period_and_recipient"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.period_end:%d/%m/%Y}: {self.recipient}"
