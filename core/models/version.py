from django.db import models


class PublicVersion(models.Model):
    """One row: a number that grows whenever something public changes. Page cache and memos hang on it."""

    number = models.PositiveBigIntegerField(default=1)

    def __str__(self) -> str:
        return str(self.number)
