"""Rules that hold for a unit and a kind of content, or for all of either: the narrowest counts."""

from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from departments.models import Department
from editorial.kinds import kind_choices, kind_name


class ScopedQuerySet(models.QuerySet):
    def narrowest(self, department_id: int | None, kind: str) -> Any:
        """The row for a kind of content of a unit: one of the unit before one of all units, one of the kind before one
        of all kinds; without any, one that has the defaults of its fields."""
        unit = Q(department=department_id) | Q(department=None) if department_id else Q(department=None)
        rows = list(self.filter(unit, kind__in=("", kind)))
        return max(rows, key=lambda row: (row.department_id is not None, row.kind != ""), default=self.model())


class ScopedRule(models.Model):
    """What a row is about; subclasses say what it rules, and that there is one a unit and kind (`one_each`)."""

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

    objects = ScopedQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        unit = self.department.label if self.department_id else str(_("all units"))
        return capfirst(f"{unit}: {kind_name(self.kind) if self.kind else _('all kinds')}")

    def clean(self) -> None:
        super().clean()
        errors = self.errors()
        if self.twins().exists():
            errors["kind"] = _("There is a rule for this unit and kind already.")
        if errors:
            raise ValidationError(errors)

    def errors(self) -> dict[str, Any]:
        """What is wrong with the rule itself, by field."""
        return {}

    def twins(self) -> "models.QuerySet[Self]":
        """Other rows about the same; the database takes an empty unit for a different one each time."""
        return type(self).objects.filter(department=self.department_id, kind=self.kind).exclude(pk=self.pk)


def one_each(name: str) -> list[models.UniqueConstraint]:
    """One row a unit and kind, and one a kind of all units; `name` stands in the names of the constraints."""
    return [
        models.UniqueConstraint(fields=["department", "kind"], name=f"one_{name}_a_unit_and_kind"),
        models.UniqueConstraint(
            fields=["kind"], condition=Q(department__isnull=True), name=f"one_{name}_a_kind_of_all_units"
        ),
    ]
