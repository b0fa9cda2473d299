"""The administrative procedure (thủ tục hành chính): what of it is not text, one row for all languages."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable
from wagtail.search import index

from core.text import fold
from departments.models import Department, Field
from departments.models.records import Named

validate_code = RegexValidator(
    r"\A[1-9]\.\d{6}\Z", _("A procedure code is a digit, a full stop and six digits, for example 1.001193.")
)


class AudienceGroup(models.TextChoices):
    """Whom a procedure is for, in the two groups that readers filter by."""

    INDIVIDUAL = "individual", _("Individuals")
    ORGANISATION = "organisation", _("Organisations, businesses")


class Audience(Named):
    """Who may apply (đối tượng thực hiện), as the national database names it."""

    group = models.CharField(_("group"), max_length=20, choices=AudienceGroup)

    class Meta:
        ordering = ["name"]
        verbose_name = _("audience")
        verbose_name_plural = _("audiences")

    panels = [FieldPanel("name"), FieldPanel("name_en"), FieldPanel("group"), FieldPanel("slug")]


class LifeEvent(Named):
    """An event in life that brings people to the authority: a birth, a marriage, a business."""

    summary = models.CharField(_("summary"), max_length=255, blank=True)
    summary_en = models.CharField(_("summary in English"), max_length=255, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        ordering = ["position", "name"]
        verbose_name = _("life event")
        verbose_name_plural = _("life events")

    @property
    def local_summary(self) -> str:
        return (self.summary_en if get_language() == "en" else "") or self.summary

    panels = [
        FieldPanel("name"),
        FieldPanel("name_en"),
        FieldPanel("summary"),
        FieldPanel("summary_en"),
        FieldPanel("position"),
        FieldPanel("slug"),
    ]


class Procedure(index.Indexed, ClusterableModel):
    """A procedure: code, field, levels of government, audiences, executing units, time in force."""

    code = models.CharField(_("code"), max_length=20, unique=True, validators=[validate_code])
    name = models.TextField(
        _("name"), blank=True, help_text=_("As announced: lists of procedures to choose from show it.")
    )
    field = models.ForeignKey(Field, verbose_name=_("field"), on_delete=models.PROTECT, related_name="procedures")
    at_ministry = models.BooleanField(_("ministry"), default=False)
    at_province = models.BooleanField(_("province"), default=False)
    at_district = models.BooleanField(_("district"), default=False)
    at_commune = models.BooleanField(_("commune"), default=False)
    audiences = ParentalManyToManyField(Audience, verbose_name=_("audiences"), blank=True, related_name="procedures")
    events = ParentalManyToManyField(LifeEvent, verbose_name=_("life events"), blank=True, related_name="procedures")
    units = ParentalManyToManyField(
        Department, verbose_name=_("executing units"), blank=True, related_name="procedures"
    )
    in_force_from = models.DateField(_("in force from"), null=True, blank=True)
    in_force_until = models.DateField(_("in force until"), null=True, blank=True)

    shown_to_readers = True

    class Meta:
        ordering = ["code"]
        verbose_name = _("procedure")
        verbose_name_plural = _("procedures")

    search_fields = [index.AutocompleteField("name"), index.AutocompleteField("folded")]
    panels = [
        MultiFieldPanel(
            [
                FieldPanel("code"),
                FieldPanel("name"),
                InlinePanel("aliases", label=_("other code")),
                FieldPanel("field"),
            ],
            heading=_("Procedure"),
        ),
        FieldRowPanel(
            [FieldPanel("at_ministry"), FieldPanel("at_province"), FieldPanel("at_district"), FieldPanel("at_commune")],
            heading=_("Levels of government"),
        ),
        FieldPanel("audiences", widget=forms.CheckboxSelectMultiple),
        FieldPanel("units", widget=forms.CheckboxSelectMultiple),
        FieldPanel("events", widget=forms.CheckboxSelectMultiple),
        InlinePanel("related_procedures", label=_("related procedure"), heading=_("Related procedures")),
        FieldRowPanel([FieldPanel("in_force_from"), FieldPanel("in_force_until")], heading=_("Validity")),
    ]

    def __str__(self) -> str:
        return f"{self.code} · {self.name}" if self.name else self.code

    def folded(self) -> str:
        """Code and name without marks, so that a chooser finds what is typed without them."""
        return fold(f"{self.code} {self.name}")

    def clean(self) -> None:
        super().clean()
        if self.in_force_from and self.in_force_until and self.in_force_until < self.in_force_from:
            raise ValidationError({"in_force_until": _("The procedure cannot end before it begins.")})
        if ProcedureAlias.objects.filter(code=self.code).exists():
            raise ValidationError({"code": _("This code is another procedure's other code.")})

    @property
    def valid_records(self) -> list[Any]:
        """Its maturity records that nobody annulled, the newest first; from memory where they were prefetched."""
        return [record for record in self.maturity_records.all() if not record.is_annulled]

    @property
    def counting_records(self) -> list[Any]:
        """Its valid records from which levels follow: those for all units and those of units that execute it still."""
        valid = self.valid_records
        if all(record.unit_id is None for record in valid):
            return valid
        executing = {unit.pk for unit in self.units.all()}
        return [record for record in valid if record.unit_id is None or record.unit_id in executing]

    @property
    def live_pages(self) -> list[Any]:
        """Its pages that readers see, in all languages; from memory where they were prefetched."""
        return [page for page in self.pages.all() if page.live]

    @property
    def government_levels(self) -> list[str]:
        """Levels of government that carry it out: ministry, province, district, commune."""
        return [level for level in ("ministry", "province", "district", "commune") if getattr(self, f"at_{level}")]


class RelatedProcedure(Orderable):
    """A procedure that people of this one often need as well."""

    procedure = ParentalKey(Procedure, on_delete=models.CASCADE, related_name="related_procedures")
    target = models.ForeignKey(
        Procedure, verbose_name=_("related procedure"), on_delete=models.CASCADE, related_name="+"
    )

    shown_to_readers = True

    panels = [FieldPanel("target")]

    def __str__(self) -> str:
        return str(self.target)


class ProcedureAlias(models.Model):
    """A code under which the procedure was known before, such as T-HCM-BS152."""

    procedure = ParentalKey(Procedure, on_delete=models.CASCADE, related_name="aliases")
    code = models.CharField(_("other code"), max_length=40, unique=True)

    shown_to_readers = True

    panels = [FieldPanel("code")]

    def __str__(self) -> str:
        return self.code

    def clean(self) -> None:
        super().clean()
        if Procedure.objects.filter(code=self.code).exists():
            raise ValidationError({"code": _("This code belongs to a procedure.")})
