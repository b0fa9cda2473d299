"""Within how many working days a page that is sent for approval is to be published."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from editorial.models.scoped import ScopedRule, one_each


class Urgency(models.TextChoices):
    """How urgent a page is (độ khẩn), as its author says when sending it."""

    NORMAL = "normal", pgettext_lazy("urgency of a page", "Normal")
    URGENT = "urgent", pgettext_lazy("urgency of a page", "Urgent")
    VERY_URGENT = "very_urgent", pgettext_lazy("urgency of a page", "Very urgent")


class Start(models.TextChoices):
    """The event from which the days are counted; its own day is left out."""

    SUBMISSION = "submission", _("the page is sent for approval")
    ISSUE = "issue", _("the document is signed")


class TimeLimit(ScopedRule):
    """How many working days the review of a kind of content takes at most, by urgency, and why."""

    starts_with = models.CharField(
        _("counted from the day on which"), max_length=20, choices=Start, default=Start.SUBMISSION
    )
    normal_days = models.PositiveSmallIntegerField(_("working days"), default=5)
    urgent_days = models.PositiveSmallIntegerField(_("working days, urgent"), default=3)
    very_urgent_days = models.PositiveSmallIntegerField(
        _("working days, very urgent"),
        default=0,
        help_text=_("0: the working day on which it is sent; after closing time the next one."),
    )
    basis = models.CharField(
        _("legal basis of the limit"), max_length=255, blank=True, help_text=_("For example NĐ 43/2011/NĐ-CP Điều 17.")
    )

    panels = [
        FieldRowPanel([FieldPanel("department"), FieldPanel("kind")]),
        FieldPanel("starts_with"),
        FieldRowPanel([FieldPanel("normal_days"), FieldPanel("urgent_days"), FieldPanel("very_urgent_days")]),
        FieldPanel("basis"),
    ]

    class Meta:
        ordering = ["department__name", "kind"]
        verbose_name = _("time limit")
        verbose_name_plural = _("time limits")
        constraints = one_each("time_limit")

    def errors(self) -> dict[str, Any]:
        days = (self.normal_days, self.urgent_days, self.very_urgent_days)
        if None not in days and not days[0] >= days[1] >= days[2]:
            return {"urgent_days": _("What is more urgent cannot take longer.")}
        return {}

    def days(self, urgency: str) -> int:
        """Working days for an urgency."""
        return {
            Urgency.NORMAL: self.normal_days,
            Urgency.URGENT: self.urgent_days,
            Urgency.VERY_URGENT: self.very_urgent_days,
        }[Urgency(urgency)]
