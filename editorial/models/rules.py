"""What approval a kind of content of a unit needs."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from departments.models import Department
from editorial.kinds import kind_choices, kind_name


class Quorum(models.TextChoices):
    """How many members of a group must approve."""

    ANY = "any", _("any one member")
    ALL = "all", _("every member")
    NUMBER = "number", _("a number of members")


class ApprovalRuleQuerySet(models.QuerySet):
    def rule_for(self, department_id: int | None, kind: str) -> "ApprovalRule":
        """The narrowest rule for a kind of content of a unit: a rule of the unit before one of all units, of the kind
        before one of all kinds; without any, one member of each of both steps."""
        unit = Q(department=department_id) | Q(department=None) if department_id else Q(department=None)
        rules = list(self.filter(unit, kind__in=("", kind)))
        return max(rules, key=lambda rule: (rule.department_id is not None, rule.kind != ""), default=ApprovalRule())


class ApprovalRule(models.Model):
    """Which steps a kind of content takes, and how many members of each step's group must approve."""

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
    needs_board = models.BooleanField(
        _("the portal board approves as well"),
        default=True,
        help_text=_("Without it, the approval of the unit puts the page online."),
    )
    unit_quorum = models.CharField(_("the unit's approval"), max_length=10, choices=Quorum, default=Quorum.ANY)
    unit_number = models.PositiveSmallIntegerField(_("number of members of the unit"), null=True, blank=True)
    board_quorum = models.CharField(_("the board's approval"), max_length=10, choices=Quorum, default=Quorum.ANY)
    board_number = models.PositiveSmallIntegerField(_("number of members of the board"), null=True, blank=True)

    objects = ApprovalRuleQuerySet.as_manager()

    panels = [
        FieldRowPanel([FieldPanel("department"), FieldPanel("kind")]),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("unit_quorum"), FieldPanel("unit_number")])], heading=_("First step: the unit")
        ),
        MultiFieldPanel(
            [
                FieldPanel("needs_board"),
                FieldRowPanel([FieldPanel("board_quorum"), FieldPanel("board_number")]),
            ],
            heading=_("Second step: the portal board"),
        ),
    ]

    class Meta:
        verbose_name = _("rule of approval")
        verbose_name_plural = _("rules of approval")
        constraints = [
            models.UniqueConstraint(fields=["department", "kind"], name="one_approval_rule_a_unit_and_kind"),
            models.UniqueConstraint(
                fields=["kind"], condition=Q(department__isnull=True), name="one_approval_rule_a_kind_of_all_units"
            ),
        ]

    def __str__(self) -> str:
        unit = self.department.label if self.department_id else str(_("all units"))
        return f"{unit}: {kind_name(self.kind) if self.kind else _('all kinds')}"

    def clean(self) -> None:
        super().clean()
        errors: dict[str, Any] = {}
        for step in ("unit", "board"):
            counted = getattr(self, f"{step}_quorum") == Quorum.NUMBER
            if counted and not getattr(self, f"{step}_number"):
                errors[f"{step}_number"] = _("Say how many members must approve, at least 1.")
        twins = ApprovalRule.objects.filter(department=self.department_id, kind=self.kind).exclude(pk=self.pk)
        if twins.exists():
            errors["kind"] = _("There is a rule for this unit and kind already.")
        if errors:
            raise ValidationError(errors)

    def needed(self, step: str, members: int) -> int:
        """How many approvals a step ("unit" or "board") needs of a group with `members` who may approve; at least 1."""
        quorum, number = getattr(self, f"{step}_quorum"), getattr(self, f"{step}_number") or 1
        wanted = {Quorum.ANY: 1, Quorum.ALL: members, Quorum.NUMBER: min(number, members)}[Quorum(quorum)]
        return max(wanted, 1)
