"""Pages that were taken back, and why."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from core.templatetags.portal import vn_date


class WithdrawalQuerySet(models.QuerySet):
    def in_force(self):
        """Those of pages that have not been published again since."""
        again = Q(page__last_published_at__gt=F("withdrawn_at"))
        return self.filter(page__live=False).exclude(again)


class Withdrawal(models.Model):
    """A live page was taken back (rút trang): what its readers are told. Rows stay when it is published again."""

    page = models.ForeignKey(Page, verbose_name=_("withdrawn page"), on_delete=models.CASCADE, related_name="+")
    reason = models.TextField(_("reason of the withdrawal"))
    successor = models.ForeignKey(
        Page,
        verbose_name=_("page that replaces it"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("withdrawn by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    withdrawn_at = models.DateTimeField(_("withdrawn on"), default=timezone.now)

    objects = WithdrawalQuerySet.as_manager()
    #: it keeps nobody from deleting a page
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("withdrawal of a page")
        verbose_name_plural = _("withdrawals of pages")
        ordering = ["-withdrawn_at"]

    def __str__(self) -> str:
        return f"{self.page}: {vn_date(self.withdrawn_at)}"
