"""What was asked and chosen, counted by day and never by person; kept for 90 days."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page


class QueryCount(models.Model):
    """How often a folded question was asked on a day, and how often nothing was found."""

    day = models.DateField(_("day"))
    locale = models.ForeignKey(Locale, on_delete=models.CASCADE, related_name="+")
    folded = models.CharField(_("question"), max_length=255)
    #: one way in which it was typed, for reports
    typed = models.CharField(max_length=255, blank=True)
    asked = models.PositiveIntegerField(_("times asked"), default=0)
    empty = models.PositiveIntegerField(_("times without result"), default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "locale", "folded"], name="one_count_a_question_and_day")]
        verbose_name = _("question asked")
        verbose_name_plural = _("questions asked")

    def __str__(self) -> str:
        return f"{self.day} {self.folded}"


class HitCount(models.Model):
    """How often a page was chosen among the results of a folded question on a day."""

    day = models.DateField(_("day"))
    folded = models.CharField(_("question"), max_length=255)
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    chosen = models.PositiveIntegerField(_("times chosen"), default=0)

    class Meta:
        indexes = [models.Index(fields=["folded", "page"], name="hit_question_page")]
        constraints = [models.UniqueConstraint(fields=["day", "folded", "page"], name="one_count_a_hit_and_day")]
        verbose_name = _("result chosen")
        verbose_name_plural = _("results chosen")

    def __str__(self) -> str:
        return f"{self.day} {self.folded} → {self.page_id}"


class CountedLog(models.Model):
    """How far a log of questions was counted. A file is known by its first line, so that moving it changes nothing."""

    first_line = models.CharField(max_length=64, unique=True)
    position = models.PositiveBigIntegerField(default=0)
    counted_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.first_line[:8]}: {self.position}"
