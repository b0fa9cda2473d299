"""Within how many working days a page that is sent for approval is to be published."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from departments.models import Department
from editorial.kinds import kind_choices, kind_name


class Urgency(models.TextChoices):
    """How urgent a page is (độ khẩn), as its author says when sending it."""

    NORMAL = "normal", pgettext_lazy("urgency of a page", "Normal")
    URGENT = "urgent", pgettext_lazy("urgency of a page", "Urgent")
    VERY_URGENT = "very_urgent", pgettext_lazy("urgency of a page", "Very urgent")


class Start(models.TextChoices):
    """The event from which the days are counted; its own day is left out."""

    SUBMISSION = "submission", _("the page is sent for approval")
    ISSUE = "issue", _("the document is signed")


class TimeLimitQuerySet(models.QuerySet):
    def limit_for(self, department_id: int | None, kind: str) -> "TimeLimit":
        """The narrowest limit for a kind of content of a unit: one of the unit before one of all units, one of the kind
        before one of all kinds; without any, the default of the fields."""
        unit = Q(department=department_id) | Q(department=None) if department_id else Q(department=None)
        limits = list(self.filter(unit, kind__in=("", kind)))
        return max(limits, key=lambda limit: (limit.department_id is not None, limit.kind != ""), default=TimeLimit())


class TimeLimit(models.Model):
    """How many working days the review of a kind of content takes at most, by urgency, and why."""

    department = models.ForeignKey(
        Department,
        verbose_name=_("unit"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("Empty: all units."),
    )
    kind = models.CharField(
        _("kind of content"), max_length=100, blank=True, choices=kind_choices, help_text=_("Empty: all kinds.")
    )
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

    objects = TimeLimitQuerySet.as_manager()

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
        constraints = [
            models.UniqueConstraint(fields=["department", "kind"], name="one_time_limit_a_unit_and_kind"),
            models.UniqueConstraint(
                fields=["kind"], condition=Q(department__isnull=True), name="one_time_limit_a_kind_of_all_units"
            ),
        ]

    def __str__(self) -> str:
        unit = self.department.label if self.department_id else str(_("all units"))
        return capfirst(f"{unit}: {kind_name(self.kind) if self.kind else _('all kinds')}")

    def clean(self) -> None:
        super().clean()
        errors: dict[str, Any] = {}
        twins = TimeLimit.objects.filter(department=self.department_id, kind=self.kind).exclude(pk=self.pk)
        if twins.exists():
            errors["kind"] = _("There is a limit for this unit and kind already.")
        days = (self.normal_days, self.urgent_days, self.very_urgent_days)
        if None not in days and not days[0] >= days[1] >= days[2]:
            errors["urgent_days"] = _("What is more urgent cannot take longer.")
        if errors:
            raise ValidationError(errors)

    def days(self, urgency: str) -> int:
        """Working days for an urgency."""
        return {
            Urgency.NORMAL: self.normal_days,
            Urgency.URGENT: self.urgent_days,
            Urgency.VERY_URGENT: self.very_urgent_days,
        }[Urgency(urgency)]
