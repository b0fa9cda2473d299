"""A target (chỉ tiêu): what is measured, of whom, and what is to be reached."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Orderable

from departments.models import Department, DepartmentKind, Field
from plans.forms import NAMED_UNITS
from plans.models.plans import Plan


class Measure(models.TextChoices):
    """What is measured; `plans.metrics` has how. The last two are what the portal cannot know: units report them."""

    LEVELS = "levels", _("services at level 3 and above")
    ONLINE_DOSSIERS = "online_dossiers", _("dossiers filed online, of services at level 3–4")
    ON_TIME = "on_time", _("dossiers settled on time")
    REPORTED_SHARE = "reported_share", _("share that units report")
    REPORTED_ANSWER = "reported_answer", _("yes or no that units report")


REPORTED = (Measure.REPORTED_SHARE, Measure.REPORTED_ANSWER)


class Scope(models.TextChoices):
    """Of whom it is measured."""

    WHOLE = "whole", _("district and communes")
    DISTRICT = "district", _("units of the district")
    COMMUNES = "communes", _("communes and towns")
    UNITS = NAMED_UNITS, _("the units that are named")


COMMUNE_KINDS = (DepartmentKind.COMMUNE, DepartmentKind.TOWN)
DISTRICT_KINDS = (
    DepartmentKind.LEADERSHIP,
    DepartmentKind.OFFICE,
    DepartmentKind.DIVISION,
    DepartmentKind.PUBLIC_UNIT,
)
KINDS = {
    Scope.WHOLE: DISTRICT_KINDS + COMMUNE_KINDS,
    Scope.DISTRICT: DISTRICT_KINDS,
    Scope.COMMUNES: COMMUNE_KINDS,
}


class Comparison(models.TextChoices):
    """How the result must stand to the target. EQUAL is a bare "100%": reached by it and by whatever is more."""

    AT_LEAST = "at_least", _("at least (≥)")
    ABOVE = "above", _("more than (>)")
    EQUAL = "equal", _("reaches (=)")


SIGNS = {Comparison.AT_LEAST: "≥", Comparison.ABOVE: ">", Comparison.EQUAL: ""}


NEEDED = _("An indicator that units report needs this.")


class Target(ClusterableModel, Orderable):
    """One indicator of a plan with the value to be reached, in the plan's order."""

    plan = ParentalKey(Plan, on_delete=models.CASCADE, related_name="targets")
    group = models.CharField(_("heading"), max_length=120, blank=True)
    group_en = models.CharField(_("heading in English"), max_length=120, blank=True)
    name = models.CharField(_("indicator"), max_length=255)
    name_en = models.CharField(_("indicator in English"), max_length=255, blank=True)
    measure = models.CharField(_("what is measured"), max_length=30, choices=Measure)
    scope = models.CharField(_("of whom"), max_length=20, choices=Scope, default=Scope.WHOLE)
    units = ParentalManyToManyField(Department, verbose_name=_("units that are named"), blank=True, related_name="+")
    fields = ParentalManyToManyField(
        Field,
        verbose_name=_("fields of the services"),
        blank=True,
        related_name="+",
        help_text=_("None: services of all fields. Only for what the portal measures itself."),
    )
    comparison = models.CharField(_("how it is compared"), max_length=20, choices=Comparison)
    value = models.DecimalField(
        _("target, per cent"),
        max_digits=5,
        decimal_places=2,
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(100))],
        help_text=_("For yes or no: the share of units that answer yes."),
    )
    responsible = models.ForeignKey(
        Department,
        verbose_name=_("responsible unit"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    counted = models.CharField(_("what is counted"), max_length=60, blank=True, help_text=_("For example: documents."))
    counted_en = models.CharField(_("what is counted, in English"), max_length=60, blank=True)
    part_label = models.CharField(
        _("what the first number is"),
        max_length=160,
        blank=True,
        help_text=_("For example: documents handled on the network."),
    )
    whole_label = models.CharField(
        _("what the second number is"), max_length=160, blank=True, help_text=_("For example: all documents.")
    )
    formula = models.CharField(_("formula"), max_length=255, blank=True)
    formula_en = models.CharField(_("formula in English"), max_length=255, blank=True)
    source = models.CharField(_("source of the figures"), max_length=255, blank=True)
    source_en = models.CharField(_("source of the figures in English"), max_length=255, blank=True)

    shown_to_readers = True

    class Meta(Orderable.Meta):
        verbose_name = _("target of a plan")
        verbose_name_plural = _("targets of a plan")

    panels = [
        FieldRowPanel([FieldPanel("group"), FieldPanel("group_en")]),
        FieldRowPanel([FieldPanel("name"), FieldPanel("name_en")]),
        FieldRowPanel([FieldPanel("measure"), FieldPanel("comparison"), FieldPanel("value")]),
        FieldRowPanel([FieldPanel("scope"), FieldPanel("responsible")]),
        FieldRowPanel([FieldPanel("units"), FieldPanel("fields")]),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("counted"), FieldPanel("counted_en")]),
                FieldRowPanel([FieldPanel("part_label"), FieldPanel("whole_label")]),
                FieldRowPanel([FieldPanel("formula"), FieldPanel("formula_en")]),
                FieldRowPanel([FieldPanel("source"), FieldPanel("source_en")]),
            ],
            heading=_("Words for what units report"),
        ),
    ]

    def __str__(self) -> str:
        return f"{self.name} {self.sign}{self.value}%"

    @property
    def is_reported(self) -> bool:
        """True where units report it, as the portal cannot know it."""
        return self.measure in REPORTED

    @property
    def is_answer(self) -> bool:
        return self.measure == Measure.REPORTED_ANSWER

    @property
    def sign(self) -> str:
        return SIGNS[Comparison(self.comparison)]

    def local(self, name: str) -> str:
        """A text in the language of the request; the Vietnamese one where there is no other."""
        return (getattr(self, f"{name}_en") if get_language() == "en" else "") or getattr(self, name)

    def is_met_by(self, percent: float | Decimal) -> bool:
        """Whether a result, in per cent and not rounded, reaches the target."""
        value = float(self.value)
        return percent > value if self.comparison == Comparison.ABOVE else percent >= value

    def clean(self) -> None:
        super().clean()
        errors = {}
        if self.measure == Measure.REPORTED_SHARE:
            needed = ("counted", "part_label", "whole_label", "formula")
            errors |= {name: NEEDED for name in needed if not getattr(self, name)}
        if self.is_reported and not self.source:
            errors["source"] = NEEDED
        if errors:
            raise ValidationError(errors)
