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

    def namesakes_of(self, page):
        """Other documents with the same reference of the same issuer in the same year: probably entered twice.

        Numbers restart every year in every issuer's register, so reference, issuer and year together name a document.
        """
        if not (page.issued_on and page.issuer_id and page.reference_key):
            return self.none()
        same = self.filter(
            reference_key=page.reference_key,
            issuer_id=page.issuer_id,
            issued_on__year=page.issued_on.year,
            locale_id=page.locale_id,
        )
        return same.exclude(pk=page.pk)
