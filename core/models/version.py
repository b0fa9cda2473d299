from django.db import models
from django.utils import timezone


class PublicVersion(models.Model):
    """One row: a number that grows whenever something public changes. Page cache and memos hang on it."""

    number = models.PositiveBigIntegerField(default=1)
    #: when the number was raised last
    changed_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.number)
