"""Addresses to which services lead their readers, and whether they answered when the portal asked last."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from services.querysets import LinkCheckQuerySet


class LinkFault(models.TextChoices):
    """Why an address did not answer as a page."""

    REFUSED_ADDRESS = "refused_address", _("the address is not one of the open Internet")
    UNKNOWN_HOST = "unknown_host", _("no host has this name")
    NO_CONNECTION = "no_connection", _("the host cannot be reached")
    TOO_SLOW = "too_slow", _("no answer in time")
    NOT_SECURE = "not_secure", _("the host's certificate is not valid")
    NO_ANSWER = "no_answer", _("the host's answer cannot be read")
    TOO_MANY_REDIRECTS = "too_many_redirects", _("redirected again and again")
    ERROR_STATUS = "error_status", _("the host answers with an error")


class LinkCheck(models.Model):
    """The last check of one address, however many services name it. `tries` failed one after the other."""

    address = models.CharField(_("address"), max_length=500, unique=True)
    checked_at = models.DateTimeField(_("checked at"), null=True, db_index=True)
    status = models.PositiveSmallIntegerField(_("status of the answer"), null=True)
    reason = models.CharField(_("what went wrong"), max_length=20, blank=True, choices=LinkFault)
    failed_since = models.DateTimeField(_("fails since"), null=True)
    tries = models.PositiveSmallIntegerField(_("failed tries"), default=0)

    objects = LinkCheckQuerySet.as_manager()

    class Meta:
        ordering = ["address"]
        verbose_name = _("check of a link")
        verbose_name_plural = _("checks of links")
        default_permissions = ()

    def __str__(self) -> str:
        return self.address
