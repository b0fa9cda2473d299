from wagtail.query import PageQuerySet


class ReadableQuerySet(PageQuerySet):
    def readable(self, locale_id: int):
        """Pages of one language that everybody may read; aliases are left out, they would be found twice."""
        return self.live().public().filter(locale_id=locale_id, alias_of__isnull=True)
