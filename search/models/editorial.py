"""What staff tell search: citizens' words, and pages that belong first."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page

from core.text import fold


class VocabularyEntry(models.Model):
    """Citizens' words (`phrase`) with the official ones for which they stand, best first: `giấy độc thân` → ….

    A question with the phrase is also read with each reading in its place. Folded, a phrase is there once.
    """

    phrase = models.CharField(_("what people say"), max_length=120)
    folded = models.CharField(max_length=120, unique=True, editable=False)
    readings = models.TextField(_("official words"), help_text=_("One reading a line, the likeliest first."))
    group = models.CharField(_("group"), max_length=40, blank=True)
    is_active = models.BooleanField(_("in use"), default=True)
    #: of the file that comes with the portal, and not changed by staff since
    is_shipped = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering = ["folded"]
        verbose_name = _("citizens' words")
        verbose_name_plural = _("citizens' words")

    def __str__(self) -> str:
        return self.phrase

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.folded = fold(self.phrase)
        super().save(*args, **kwargs)


class BestBet(models.Model):
    """A page that staff put first for a question, from one day to another. Questions are compared folded."""

    question = models.CharField(_("question"), max_length=255)
    folded = models.CharField(max_length=255, editable=False, db_index=True)
    locale = models.ForeignKey(Locale, on_delete=models.CASCADE, related_name="+", verbose_name=_("language"))
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+", verbose_name=_("page"))
    label = models.CharField(
        _("short text"),
        max_length=80,
        blank=True,
        help_text=_("Why it is recommended, such as: new, exchange, renewal."),
    )
    sort_order = models.PositiveSmallIntegerField(_("order"), default=0)
    valid_from = models.DateField(_("from"), null=True, blank=True)
    valid_until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        ordering = ["folded", "sort_order", "pk"]
        constraints = [models.UniqueConstraint(fields=["folded", "locale", "page"], name="one_bet_a_page")]
        verbose_name = _("recommended result")
        verbose_name_plural = _("recommended results")

    def __str__(self) -> str:
        return f"{self.question} → {self.page_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.folded = fold(self.question)
        super().save(*args, **kwargs)
