"""What approval a kind of content of a unit needs."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from editorial.models.scoped import ScopedRule, one_each


class Quorum(models.TextChoices):
    """How many members of a group must approve."""

    ANY = "any", _("any one member")
    ALL = "all", _("every member")
    NUMBER = "number", _("a number of members")


class ApprovalRule(ScopedRule):
    """Which steps a kind of content takes, and how many members of each step's group must approve."""

    needs_board = models.BooleanField(
        _("the portal board approves as well"),
        default=True,
        help_text=_("Without it, the approval of the unit puts the page online."),
    )
    unit_quorum = models.CharField(_("the unit's approval"), max_length=10, choices=Quorum, default=Quorum.ANY)
    unit_number = models.PositiveSmallIntegerField(_("number of members of the unit"), null=True, blank=True)
    board_quorum = models.CharField(_("the board's approval"), max_length=10, choices=Quorum, default=Quorum.ANY)
    board_number = models.PositiveSmallIntegerField(_("number of members of the board"), null=True, blank=True)

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
        constraints = one_each("approval_rule")

    def errors(self) -> dict[str, Any]:
        counted = [step for step in ("unit", "board") if getattr(self, f"{step}_quorum") == Quorum.NUMBER]
        missing = _("Say how many members must approve, at least 1.")
        return {f"{step}_number": missing for step in counted if not getattr(self, f"{step}_number")}

    def needed(self, step: str, members: int) -> int:
        """How many approvals a step ("unit" or "board") needs of a group with `members` who may approve; at least 1."""
        quorum, number = getattr(self, f"{step}_quorum"), getattr(self, f"{step}_number") or 1
        wanted = {Quorum.ANY: 1, Quorum.ALL: members, Quorum.NUMBER: min(number, members)}[Quorum(quorum)]
        return max(wanted, 1)
