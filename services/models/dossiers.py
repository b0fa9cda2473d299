"""How many dossiers (hồ sơ) a unit received and finished in a month: figures that units report by file."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from departments.models import Department, Field
from services.models.procedures import Procedure
from services.querysets import DossierTotalQuerySet


class Counts(models.Model):
    """Dossiers received by channel in the month, and dossiers finished in it, whenever these were received."""

    received_online = models.PositiveIntegerField(_("received online"), default=0)
    received_in_person = models.PositiveIntegerField(_("received in person"), default=0)
    received_by_post = models.PositiveIntegerField(_("received by post"), default=0)
    finished_early = models.PositiveIntegerField(_("finished early"), default=0)
    finished_on_time = models.PositiveIntegerField(_("finished on time"), default=0)
    finished_late = models.PositiveIntegerField(_("finished late"), default=0)

    class Meta:
        abstract = True


#: names of the six numbers, in the order of the file
COUNTS = tuple(field.name for field in Counts._meta.local_fields)
MONTH_BEGINS = Q(month__day=1)


class StatisticsImport(models.Model):
    """A file whose figures were taken over: who, when, which file."""

    imported_at = models.DateTimeField(_("imported at"), auto_now_add=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("imported by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    user_name = models.CharField(_("name of who imported"), max_length=255)
    file_name = models.CharField(_("name of the file"), max_length=255)
    digest = models.CharField(_("SHA-256 of the file"), max_length=64)
    is_sample = models.BooleanField(_("sample, not a fact"), default=False)

    class Meta:
        ordering = ["-imported_at", "-pk"]
        verbose_name = _("import of dossier statistics")
        verbose_name_plural = _("imports of dossier statistics")
        default_permissions = ("view",)
        permissions = [
            ("import_statistics", _("Can import dossier statistics of own units")),
            ("import_statistics_of_all_units", _("Can import dossier statistics of all units")),
        ]

    def __str__(self) -> str:
        return self.file_name


class DossierFigure(Counts):
    """Figures of a unit in a month for one procedure, or for a whole field where no procedure is named.

    Never changed: a correction is a new row that `replaces` the old one, which stays and is not current any more.
    """

    unit = models.ForeignKey(Department, verbose_name=_("unit"), on_delete=models.PROTECT, related_name="+")
    field = models.ForeignKey(Field, verbose_name=_("field"), on_delete=models.PROTECT, related_name="+")
    procedure = models.ForeignKey(
        Procedure, verbose_name=_("procedure"), null=True, on_delete=models.PROTECT, related_name="dossier_figures"
    )
    month = models.DateField(_("month"))
    #: the unit offered the procedure at level 3 or 4 at the end of the month, or the row is of a whole field
    at_online_level = models.BooleanField(_("at level 3 or 4"), default=True)
    source = models.ForeignKey(
        StatisticsImport, verbose_name=_("import"), on_delete=models.PROTECT, related_name="figures"
    )
    replaces = models.OneToOneField(
        "self", verbose_name=_("replaces"), null=True, on_delete=models.PROTECT, related_name="replaced_by"
    )
    is_current = models.BooleanField(_("current"), default=True)

    class Meta:
        ordering = ["month", "unit", "procedure", "pk"]
        verbose_name = _("dossier figures")
        verbose_name_plural = _("dossier figures")
        default_permissions = ("view",)
        indexes = [
            models.Index(fields=["unit", "month", "field"], name="current_figures", condition=Q(is_current=True))
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "month", "procedure"], condition=Q(is_current=True), name="one_current_figure"
            ),
            models.UniqueConstraint(
                fields=["unit", "month", "field"],
                condition=Q(is_current=True, procedure__isnull=True),
                name="one_current_figure_of_a_field",
            ),
            models.CheckConstraint(condition=MONTH_BEGINS, name="figures_of_a_month"),
        ]

    def __str__(self) -> str:
        return f"{self.unit} · {self.procedure or self.field} · {self.month:%m/%Y}"


class DossierTotal(Counts):
    """Sums of the current figures by unit, field and month: what every rate is counted from.

    Written by `services.dossiers.totals` alone, in the transaction of whatever changes them.
    """

    unit = models.ForeignKey(Department, verbose_name=_("unit"), on_delete=models.CASCADE, related_name="+")
    field = models.ForeignKey(Field, verbose_name=_("field"), on_delete=models.CASCADE, related_name="+")
    month = models.DateField(_("month"))
    #: the part of `received_online` and `received_in_person` that variant A counts
    counted_online = models.PositiveIntegerField(default=0)
    counted_in_person = models.PositiveIntegerField(default=0)
    #: dossiers that are counted in variant A since the row was given for a whole field
    counted_whole = models.PositiveIntegerField(default=0)
    #: rows that are samples, not facts
    samples = models.PositiveIntegerField(default=0)
    latest = models.DateTimeField()

    objects = DossierTotalQuerySet.as_manager()

    class Meta:
        verbose_name = _("sum of dossier figures")
        verbose_name_plural = _("sums of dossier figures")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["month", "unit", "field"], name="one_sum_a_month_unit_and_field"),
            models.CheckConstraint(
                condition=Q(counted_online__lte=F("received_online"), counted_in_person__lte=F("received_in_person")),
                name="counted_among_received",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} · {self.field} · {self.month:%m/%Y}"
