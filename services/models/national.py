"""What the national list says of procedures, and where the portal's catalogue differs from it."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from departments.models import Department
from services.models.maturity import EXTENT_CHOICES, LEVEL_CHOICES
from services.models.procedures import Procedure


class FindingKind(models.TextChoices):
    """How a procedure differs from the national list."""

    MISSING_HERE = "missing_here", _("not in the catalogue of the portal")
    ABOLISHED_THERE = "abolished_there", _("not in force in the national list")
    NAME = "name", pgettext_lazy("difference from the national list", "name")
    FEE = "fee", pgettext_lazy("difference from the national list", "fee")
    PAPERS = "papers", pgettext_lazy("difference from the national list", "papers")
    LEVEL = "level", _("level or extent of the online service")


class NationalComparison(models.Model):
    """One comparison with a file of the national list."""

    file_name = models.CharField(max_length=255)
    #: the day of which the list is
    listed_on = models.DateField()
    compared_at = models.DateTimeField()
    rows = models.PositiveIntegerField()
    refused = models.PositiveIntegerField()

    class Meta:
        ordering = ["-compared_at", "-pk"]
        get_latest_by = "compared_at"

    def __str__(self) -> str:
        return f"{self.file_name}, {self.compared_at:%d/%m/%Y}"


class NationalListing(models.Model):
    """Level and extent that the national list states for a code."""

    code = models.CharField(max_length=20, unique=True)
    level = models.PositiveSmallIntegerField(null=True, choices=LEVEL_CHOICES)
    extent = models.CharField(max_length=20, blank=True, choices=EXTENT_CHOICES)
    listed_on = models.DateField()

    def __str__(self) -> str:
        return self.code


class NationalFinding(models.Model):
    """A difference that the last comparison found. What it no longer finds is gone."""

    code = models.CharField(max_length=20)
    kind = models.CharField(max_length=20, choices=FindingKind)
    procedure = models.ForeignKey(Procedure, null=True, on_delete=models.CASCADE, related_name="national_findings")
    #: the unit that the list names as the agency, of what is missing here
    unit = models.ForeignKey(Department, null=True, on_delete=models.CASCADE, related_name="+")
    name = models.TextField()
    here = models.TextField(blank=True)
    there = models.TextField(blank=True)
    found_at = models.DateTimeField()
    #: when the portal board was told
    told_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["kind", "code"]
        constraints = [models.UniqueConstraint(fields=["code", "kind"], name="one_finding_a_code_and_kind")]

    def __str__(self) -> str:
        return f"{self.code}: {self.get_kind_display()}"
