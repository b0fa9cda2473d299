"""The languages of pages."""

from wagtail.models import Locale

from core.page_cache import per_version


@per_version
def locale_of(language: str) -> Locale:
    """The locale of a language code; Locale.DoesNotExist where the portal has no pages in it."""
    return Locale.objects.get(language_code=language)
