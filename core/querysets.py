from wagtail.query import PageQuerySet

from core.restrictions import restricted_paths


class ReadableQuerySet(PageQuerySet):
    def readable(self, locale_id: int):
        """Pages of one language that everybody may read; aliases are left out, they would be found twice."""
        pages = self.live().filter(locale_id=locale_id, alias_of__isnull=True)
        for path in restricted_paths():
            pages = pages.exclude(path__startswith=path)
        return pages
