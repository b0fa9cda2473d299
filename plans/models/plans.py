"""A plan of the authority (kế hoạch) with targets for a year, and how often units report on them."""

from datetime import date, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Page

from departments.models import Department
from plans.forms import PlanForm, TargetsPanel

MONTHS_OF_A_YEAR = 12


class Rhythm(models.IntegerChoices):
    """Months of a reporting period (kỳ báo cáo)."""

    MONTH = 1, _("every month")
    QUARTER = 3, _("every quarter")
    HALF = 6, _("every half-year")
    YEAR = 12, _("every year")


class PlanQuerySet(models.QuerySet):
    def public(self) -> "PlanQuerySet":
        """Plans that readers see; one that is still being written is not among them."""
        return self.filter(is_public=True)


class Plan(ClusterableModel):
    """What the authority wants to reach in a year: number, date and file of the document, and its targets."""

    number = models.CharField(_("number of the plan"), max_length=60, help_text=_("For example 45/KH-UBND."))
    date = models.DateField(_("issued on"))
    year = models.PositiveSmallIntegerField(
        _("year of the plan"),
        unique=True,
        validators=[MinValueValidator(2000), MaxValueValidator(2100)],
        error_messages={"unique": _("There is a plan for this year already.")},
    )
    title = models.CharField(_("title of the plan"), max_length=255)
    title_en = models.CharField(_("title of the plan in English"), max_length=255, blank=True)
    issuer = models.ForeignKey(
        Department, verbose_name=_("issued by"), on_delete=models.PROTECT, related_name="issued_plans"
    )
    page = models.ForeignKey(
        Page,
        verbose_name=_("page of the plan"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The document as it is published on this portal."),
    )
    document = models.ForeignKey(
        settings.WAGTAILDOCS_DOCUMENT_MODEL,
        verbose_name=_("file of the plan"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Where the document has no page on this portal."),
    )
    report_months = models.PositiveSmallIntegerField(
        _("units report"), choices=Rhythm, default=Rhythm.QUARTER, help_text=_("Figures run from 1 January.")
    )
    report_days = models.PositiveSmallIntegerField(
        _("working days for a report"),
        default=5,
        validators=[MaxValueValidator(60)],
        help_text=_("After the end of the period."),
    )
    remind_days = models.PositiveSmallIntegerField(
        _("working days before the deadline for the reminder"), default=2, validators=[MaxValueValidator(30)]
    )
    is_public = models.BooleanField(
        _("shown to readers"), default=False, help_text=_("Leave it off until the targets are complete.")
    )

    shown_to_readers = True

    objects = PlanQuerySet.as_manager()

    class Meta:
        ordering = ["-year"]
        verbose_name = _("plan")
        verbose_name_plural = _("plans")

    base_form_class = PlanForm

    panels = [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("number"), FieldPanel("date"), FieldPanel("year")]),
                FieldPanel("title"),
                FieldPanel("title_en"),
                FieldPanel("issuer"),
                FieldPanel("page"),
                FieldPanel("document"),
                FieldPanel("is_public"),
            ],
            heading=_("Document of the plan"),
        ),
        FieldRowPanel([FieldPanel("report_months"), FieldPanel("report_days"), FieldPanel("remind_days")]),
        TargetsPanel("targets", label=_("target of a plan"), heading=_("Targets")),
    ]

    def __str__(self) -> str:
        return f"{self.number} ({self.year})"

    @property
    def local_title(self) -> str:
        """Title in the language of the request; the Vietnamese one where there is no other."""
        return (self.title_en if get_language() == "en" else "") or self.title

    @property
    def first_day(self) -> date:
        return date(self.year, 1, 1)

    @property
    def last_day(self) -> date:
        return date(self.year, 12, 31)

    def period_ends(self) -> list[date]:
        """Last days of the reporting periods of the year, in their order."""
        months = range(self.report_months, MONTHS_OF_A_YEAR + 1, self.report_months)
        return [last_day_of_month(self.year, month) for month in months]

    def clean(self) -> None:
        super().clean()
        if self.date and self.year and abs(self.date.year - self.year) > 1:
            raise ValidationError({"date": _("A plan is issued in its year, the year before or the year after.")})


def last_day_of_month(year: int, month: int) -> date:
    following = date(year + month // MONTHS_OF_A_YEAR, month % MONTHS_OF_A_YEAR + 1, 1)
    return following - timedelta(days=1)
