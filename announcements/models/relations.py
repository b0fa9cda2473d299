"""What a document does to earlier ones."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable

from announcements.validity import RelationKind

RELATION_CHOICES = [
    (RelationKind.REPLACES.value, _("replaces")),
    (RelationKind.AMENDS.value, _("amends")),
    (RelationKind.REPEALS.value, _("repeals")),
    (RelationKind.CORRECTS.value, _("corrects")),
]


class DirectiveRelation(Orderable):
    """This document replaces, amends, repeals or corrects another: one on the portal, or one known by its number."""

    page = ParentalKey("announcements.DirectivePage", on_delete=models.CASCADE, related_name="relations")
    kind = models.CharField(_("this document"), max_length=20, choices=RELATION_CHOICES)
    target = models.ForeignKey(
        "announcements.DirectivePage",
        verbose_name=_("document on this portal"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="changed_by",
    )
    reference = models.CharField(
        _("its number and date"),
        max_length=255,
        blank=True,
        help_text=_("For a document that is not on this portal, for example 16/KH-UBND of 21/01/2019."),
    )

    panels = [FieldPanel("kind"), FieldPanel("target"), FieldPanel("reference")]

    class Meta(Orderable.Meta):
        verbose_name = _("relation to another document")
        verbose_name_plural = _("relations to other documents")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.reference}"

    def clean(self) -> None:
        super().clean()
        if not (self.target_id or self.reference.strip()):
            raise ValidationError({"target": _("Choose the document, or enter its number.")})
        if self.target_id and self.target_id == self.page_id:
            raise ValidationError({"target": _("A document cannot be related to itself.")})

    def save(self, *args, **kwargs) -> None:
        """Keep the number of the document chosen, so that the relation outlives its page."""
        if self.target_id and not self.reference:
            self.reference = self.target.reference
        super().save(*args, **kwargs)
