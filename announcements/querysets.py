from datetime import date

from django.db.models import Q

from core.querysets import ReadableQuerySet


class AnnouncementQuerySet(ReadableQuerySet):
    def newest_first(self):
        return self.order_by("-effective_on", "-pk")

    def urgent(self, on: date):
        """Urgent ones in force on a day."""
        return self.filter(is_urgent=True, effective_on__lte=on).filter(Q(expires_on=None) | Q(expires_on__gte=on))


class DirectiveQuerySet(ReadableQuerySet):
    def newest_first(self):
        return self.order_by("-issued_on", "-number", "-pk")
