"""How often a kind of content must be confirmed, and who has confirmed what."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Page

from core.templatetags.portal import vn_date
from editorial.kinds import kind_choices, kind_name


class UpkeepRule(models.Model):
    """After how many months the owner of a page must say that it still holds (rà soát); a kind without one: never."""

    kind = models.CharField(
        _("kind of content to review"),
        max_length=100,
        unique=True,
        choices=kind_choices,
        error_messages={"unique": _("There is a rule for this kind already.")},
    )
    months = models.PositiveSmallIntegerField(
        _("months between two reviews"), validators=[MinValueValidator(1), MaxValueValidator(120)]
    )

    panels = [FieldRowPanel([FieldPanel("kind"), FieldPanel("months")])]

    class Meta:
        verbose_name = _("interval of review")
        verbose_name_plural = _("intervals of review")
        ordering = ["kind"]

    def __str__(self) -> str:
        return kind_name(self.kind)


class Confirmation(models.Model):
    """Somebody of the owner looked at a live page and found that it still holds; it is not published anew."""

    page = models.ForeignKey(Page, verbose_name=_("confirmed page"), on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("confirmed by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    confirmed_at = models.DateTimeField(_("confirmed on"), default=timezone.now)

    #: it keeps nobody from deleting a page
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("confirmation of a page")
        verbose_name_plural = _("confirmations of pages")
        ordering = ["-confirmed_at"]

    def __str__(self) -> str:
        return f"{self.page}: {vn_date(self.confirmed_at)}"
