from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from departments.models.records import Named


class DocumentType(Named):
    """Type of an official document: the 29 of NĐ 30/2020/NĐ-CP and the legal ones; editable."""

    abbreviation = models.CharField(
        _("abbreviation"),
        max_length=10,
        blank=True,
        help_text=_("As in document numbers, for example KH. Empty for letters."),
    )
    is_legal = models.BooleanField(_("legal document"), default=False)

    class Meta:
        ordering = ["name"]
        verbose_name = _("type of document")
        verbose_name_plural = _("types of documents")
        constraints = [models.UniqueConstraint(fields=["name", "is_legal"], name="one_type_a_name")]

    panels = [
        FieldPanel("name"),
        FieldPanel("name_en"),
        FieldPanel("abbreviation"),
        FieldPanel("is_legal"),
        FieldPanel("slug"),
    ]
