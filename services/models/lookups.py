"""Look-ups of levels that the staff keeps, and the monthly e-mail of one."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from editorial.models.outgoing import OutgoingMail


class SavedLookupQuerySet(models.QuerySet):
    def for_user(self, user):
        """Those that a user opens: the own ones and those of others that are shared."""
        return self.filter(models.Q(owner=user) | models.Q(is_shared=True))


class SavedLookup(models.Model):
    """A query string of the catalogue under a name."""

    name = models.CharField(_("name"), max_length=120)
    query = models.CharField(_("query"), max_length=2000, blank=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    is_shared = models.BooleanField(_("for all colleagues"), default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = SavedLookupQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("saved look-up")
        verbose_name_plural = _("saved look-ups")
        default_permissions = ()
        permissions = [("look_up_levels", _("Can look up levels"))]
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="one_lookup_a_name_and_owner")]

    def __str__(self) -> str:
        return self.name


class LookupSubscription(models.Model):
    """Somebody asks for a saved look-up by e-mail, once a month."""

    lookup = models.ForeignKey(SavedLookup, on_delete=models.CASCADE, related_name="subscriptions")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["lookup", "user"], name="one_subscription_a_lookup_and_user")]

    def __str__(self) -> str:
        return f"{self.lookup}: {self.user}"


class LookupMail(OutgoingMail):
    """The e-mail of one month: the row is unique, so a job that is missed or run twice sends exactly one."""

    lookup = models.ForeignKey(SavedLookup, on_delete=models.CASCADE, related_name="mails")
    #: the first day of the month
    month = models.DateField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["lookup", "recipient", "month"], name="one_mail_a_lookup_user_and_month")
        ]

    def __str__(self) -> str:
        return f"{self.lookup} {self.month:%m/%Y}: {self.recipient}"
