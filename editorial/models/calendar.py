"""What the office changes in the calendar of the state: further days off, days exchanged."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from core.templatetags.portal import vn_date


class DayOff(models.Model):
    """A day on which the office does not work although it is neither weekend nor public holiday."""

    day = models.DateField(_("day off"), unique=True)
    name = models.CharField(_("occasion"), max_length=120, help_text=_("For example the founding day, or a storm."))

    panels = [FieldRowPanel([FieldPanel("day"), FieldPanel("name")])]

    class Meta:
        ordering = ["-day"]
        verbose_name = _("further day off")
        verbose_name_plural = _("further days off")

    def __str__(self) -> str:
        return f"{vn_date(self.day)}: {self.name}"

    def clean(self) -> None:
        super().clean()
        if self.day and SwappedDay.objects.filter(worked=self.day).exists():
            raise ValidationError({"day": _("This day is worked in exchange for another one.")})


class SwappedDay(models.Model):
    """A day that is worked so that another one is off (hoán đổi ngày làm việc)."""

    worked = models.DateField(
        _("day worked"), unique=True, help_text=_("A weekend day, or a holiday on which the office works after all.")
    )
    off = models.DateField(_("day off for it"), unique=True)
    reason = models.CharField(
        _("decision or notice"), max_length=255, blank=True, help_text=_("Where the exchange is ordered.")
    )

    panels = [FieldRowPanel([FieldPanel("worked"), FieldPanel("off")]), FieldPanel("reason")]

    class Meta:
        ordering = ["-worked"]
        verbose_name = _("exchanged day")
        verbose_name_plural = _("exchanged days")

    def __str__(self) -> str:
        return f"{vn_date(self.worked)} ↔ {vn_date(self.off)}"

    def clean(self) -> None:
        super().clean()
        errors: dict[str, Any] = {}
        others = SwappedDay.objects.exclude(pk=self.pk)
        if self.worked and self.worked == self.off:
            errors["off"] = _("The day worked and the day off for it are the same.")
        if self.worked and (DayOff.objects.filter(day=self.worked).exists() or others.filter(off=self.worked).exists()):
            errors["worked"] = _("This day is entered as a day off.")
        if self.off and others.filter(worked=self.off).exists():
            errors["off"] = _("This day is worked in exchange for another one.")
        if errors:
            raise ValidationError(errors)
