"""The maturity level of a procedure as a dated fact of one unit or of all units."""

from typing import NoReturn

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Page

from departments.models import Department
from services import completeness
from services.maturity import Capability, MaturityWarning, OnlineExtent, WarningCode
from services.models.procedures import Procedure
from services.querysets import MaturityRecordQuerySet

#: what an online service lets people do: the words for the flags that explain a level
CAPABILITY_LABELS = {
    Capability.INFORMATION: _("Read the full information"),
    Capability.FORMS: _("Download forms"),
    Capability.ONLINE_SUBMISSION: _("Apply online"),
    Capability.ONLINE_PAYMENT: _("Pay online"),
    Capability.ONLINE_RESULT: _("Receive the result online"),
    Capability.POSTAL_RESULT: _("Receive the result by post"),
    Capability.PRESENCE_REQUIRED: _("Must come in person"),
}
LEVEL_CHOICES = [(1, _("Level 1")), (2, _("Level 2")), (3, _("Level 3")), (4, _("Level 4"))]
EXTENT_CHOICES = [
    (OnlineExtent.FULL.value, _("Fully online")),
    (OnlineExtent.PARTIAL.value, _("Partially online")),
    (OnlineExtent.INFORMATION.value, _("Information only")),
]


WARNING_WORDS = {
    WarningCode.CAPABILITY_MISSING: _("The level needs a capability that is not ticked: %(capability)s."),
    WarningCode.RESULT_RETURN_MISSING: _("Level 4 needs a way in which the result comes back: online or by post."),
    WarningCode.LEVEL_UNDERSTATED: _("The capabilities that are ticked reach a higher level."),
    WarningCode.EXTENT_OVERSTATED: _("The capabilities that are ticked do not reach this extent."),
    WarningCode.EXTENT_UNDERSTATED: _("The capabilities that are ticked reach a greater extent."),
    WarningCode.SCALES_DISAGREE: _("Only a service of level 3 or 4 is online, fully or in part."),
}


def warning_words(warning: MaturityWarning) -> str:
    capability = CAPABILITY_LABELS[warning.capability] if warning.capability else ""
    return str(WARNING_WORDS[warning.code]) % {"capability": capability}


NOT_ANNULLED = Q(annulled_at__isnull=True)
#: the only fields of a stored record that may still be written, together and once
ANNULMENT = frozenset({"annulled_at", "annulled_by", "annulled_reason"})


class NeverOverwritten(Exception):
    """Somebody tries to change or delete a stored level: a new record replaces it, or it is annulled."""


class MaturityRecord(models.Model):
    """Level (NĐ 43/2011 Điều 3) and online extent (NĐ 42/2022 Điều 11) of a procedure from a day on.

    The two scales are independent; one of them is required. Without a unit the record holds for all units. A stored
    record is never changed nor deleted; one that was entered by mistake is annulled and counts nowhere from then on
    (docs/levels.md). Read through `objects.valid()`.
    """

    procedure = models.ForeignKey(
        Procedure, verbose_name=_("procedure"), on_delete=models.PROTECT, related_name="maturity_records"
    )
    unit = models.ForeignKey(
        Department,
        verbose_name=_("unit"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="maturity_records",
        help_text=_("Empty: for all units that carry out the procedure."),
    )
    level = models.PositiveSmallIntegerField(_("level"), null=True, blank=True, choices=LEVEL_CHOICES)
    extent = models.CharField(_("online extent"), max_length=20, null=True, blank=True, choices=EXTENT_CHOICES)  # noqa: DJ001 - unknown is not a choice
    date = models.DateField(_("since"))
    decision_number = models.CharField(_("decision"), max_length=80, blank=True)
    decision_page = models.ForeignKey(
        Page, verbose_name=_("page of the decision"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    information = models.BooleanField(CAPABILITY_LABELS[Capability.INFORMATION], default=True)
    forms = models.BooleanField(CAPABILITY_LABELS[Capability.FORMS], default=False)
    online_submission = models.BooleanField(CAPABILITY_LABELS[Capability.ONLINE_SUBMISSION], default=False)
    online_payment = models.BooleanField(CAPABILITY_LABELS[Capability.ONLINE_PAYMENT], default=False)
    online_result = models.BooleanField(CAPABILITY_LABELS[Capability.ONLINE_RESULT], default=False)
    postal_result = models.BooleanField(CAPABILITY_LABELS[Capability.POSTAL_RESULT], default=False)
    presence_required = models.BooleanField(CAPABILITY_LABELS[Capability.PRESENCE_REQUIRED], default=False)
    note = models.CharField(_("note"), max_length=255, blank=True)
    is_sample = models.BooleanField(_("sample, not a fact"), default=False)
    recorded_at = models.DateTimeField(_("recorded at"), auto_now_add=True, null=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("recorded by"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    annulled_at = models.DateTimeField(_("annulled at"), null=True, blank=True, editable=False)
    annulled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("annulled by"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    annulled_reason = models.CharField(_("reason for annulling"), max_length=255, blank=True, editable=False)

    objects = MaturityRecordQuerySet.as_manager()

    shown_to_readers = True

    class Meta:
        ordering = ["-date", "-id"]
        verbose_name = _("maturity record")
        verbose_name_plural = _("maturity records")
        indexes = [
            models.Index(fields=["procedure", "unit", "-date"], name="maturity_of_unit"),
            models.Index(fields=["annulled_at"], condition=Q(annulled_at__isnull=False), name="maturity_annulled"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(level__isnull=False) | Q(extent__isnull=False), name="level_or_extent"),
            models.CheckConstraint(condition=Q(level__isnull=True) | Q(level__range=(1, 4)), name="level_1_to_4"),
            models.UniqueConstraint(
                fields=["procedure", "unit", "date"], condition=NOT_ANNULLED, name="one_record_a_unit_and_day"
            ),
            models.UniqueConstraint(
                fields=["procedure", "date"],
                condition=Q(unit__isnull=True) & NOT_ANNULLED,
                name="one_record_for_all_and_day",
            ),
            models.CheckConstraint(condition=NOT_ANNULLED | ~Q(annulled_reason=""), name="annulled_with_a_reason"),
        ]
        default_permissions = ("add", "view")
        permissions = [
            ("annul_maturityrecord", _("Can annul maturity records")),
            ("record_for_all_units", _("Can record levels for all units")),
        ]

    panels = [
        FieldPanel("procedure"),
        FieldPanel("unit"),
        FieldRowPanel([FieldPanel("level"), FieldPanel("extent"), FieldPanel("date")]),
        FieldRowPanel([FieldPanel("decision_number"), FieldPanel("decision_page")]),
        MultiFieldPanel([FieldPanel(name.value) for name in Capability], heading=_("What it allows")),
        FieldPanel("note"),
        FieldPanel("is_sample"),
    ]

    def __str__(self) -> str:
        level = self.get_level_display() or self.get_extent_display()
        return f"{self.procedure} · {level} · {self.date:%d/%m/%Y}"

    def save(self, *args, **kwargs) -> None:
        if self._state.adding:
            self.refuse_unmet()
        elif not self.is_annulled or set(kwargs.get("update_fields") or ()) != ANNULMENT:
            raise NeverOverwritten
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs) -> NoReturn:
        raise NeverOverwritten

    @property
    def state(self) -> str:
        """Annulled or not, in words, for the list of the staff."""
        return str(_("Annulled")) if self.is_annulled else ""

    @property
    def is_annulled(self) -> bool:
        return self.annulled_at is not None

    @property
    def flags(self) -> frozenset[str]:
        """Names of the capabilities that the record states."""
        return frozenset(flag.value for flag in Capability if getattr(self, flag))

    def clean(self) -> None:
        super().clean()
        if self.level is None and not self.extent:
            raise ValidationError({"level": _("Give a level or an online extent.")})
        self.extent = self.extent or None
        if self.procedure_id and self.date:
            self.refuse_twin()
            self.refuse_unmet()

    def refuse_twin(self) -> None:
        """ValidationError where a level is recorded for the unit and the day. The form cannot ask the constraint."""
        others = (record for record in self.procedure.valid_records if record.pk != self.pk)
        if any((other.unit_id, other.date) == (self.unit_id, self.date) for other in others):
            raise ValidationError({"date": _("A level is recorded from this day on; annul that record first.")})

    def refuse_unmet(self) -> None:
        """ValidationError where a live page of the procedure lacks an item that this level asks for."""
        need = completeness.Requirement.of(self.level, self.extent, self.flags)
        for page in self.procedure.live_pages:
            lacking = completeness.missing(page, need)
            if lacking:
                raise ValidationError({"level": [item.message for item in lacking]})
