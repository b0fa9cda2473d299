from datetime import date

from django.db import models
from django.db.models import Q


class DepartmentQuerySet(models.QuerySet):
    def existing(self, on: date):
        """Units that exist on a day; an open end counts as existing."""
        begun = Q(valid_from=None) | Q(valid_from__lte=on)
        return self.filter(begun & (Q(valid_to=None) | Q(valid_to__gte=on)))
