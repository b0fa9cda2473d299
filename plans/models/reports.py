"""What units report on targets that the portal cannot measure. A correction is a new row; the old one stays."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from departments.models import Department
from plans.models.targets import Target


class ReportQuerySet(models.QuerySet):
    def confirmed(self) -> "ReportQuerySet":
        """Those that count: the head of the unit has confirmed them."""
        return self.filter(is_confirmed=True)

    def waiting(self) -> "ReportQuerySet":
        """Those about which nobody has decided, without those that a later row of the same unit and period follows."""
        later = Report.objects.filter(
            target=models.OuterRef("target"),
            unit=models.OuterRef("unit"),
            period_end=models.OuterRef("period_end"),
            pk__gt=models.OuterRef("pk"),
        )
        return self.filter(is_confirmed=None).exclude(models.Exists(later))


class Report(models.Model):
    """Figures of a unit from 1 January to the end of a period, with what proves them and who stands for them.

    Readers see the figures, which `plans.reporting` tells the page cache, and not the file of evidence: so the row is
    not declared as shown to readers.
    """

    target = models.ForeignKey(Target, verbose_name=_("indicator"), on_delete=models.PROTECT, related_name="reports")
    unit = models.ForeignKey(Department, verbose_name=_("unit"), on_delete=models.PROTECT, related_name="plan_reports")
    period_end = models.DateField(_("figures until"))
    numerator = models.PositiveIntegerField(_("numerator"))
    denominator = models.PositiveIntegerField(_("denominator"))
    evidence = models.ForeignKey(
        settings.WAGTAILDOCS_DOCUMENT_MODEL,
        verbose_name=_("file of evidence"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    evidence_url = models.URLField(_("address of evidence"), max_length=500, blank=True)
    note = models.CharField(_("note on the figures"), max_length=500, blank=True)
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("reported by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    reported_at = models.DateTimeField(_("reported on"), default=timezone.now)
    #: None: nobody has decided yet; False: it was sent back
    is_confirmed = models.BooleanField(_("confirmed"), null=True, default=None)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("decided by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided on"), null=True)
    reason = models.CharField(_("why it was sent back"), max_length=500, blank=True)
    is_sample = models.BooleanField(_("sample, not a fact"), default=False)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["-period_end", "-pk"]
        verbose_name = _("report on a target")
        verbose_name_plural = _("reports on targets")
        indexes = [models.Index(fields=["target", "unit", "-period_end"], name="report_of_unit")]
        constraints = [
            models.CheckConstraint(condition=Q(numerator__lte=F("denominator")), name="report_part_in_whole"),
        ]

    def __str__(self) -> str:
        return f"{self.target} · {self.unit} · {self.period_end:%d/%m/%Y}"
