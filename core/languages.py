"""The languages of pages."""

from wagtail.models import Locale

from core.page_cache import per_version


@per_version
def locale_of(language: str) -> Locale:
    """The locale of a language code; Locale.DoesNotExist where the portal has no pages in it."""
    return Locale.objects.get(language_code=language)


@per_version
def language_of(locale_id: int) -> str:
    """The language code of a locale; Locale.DoesNotExist where there is none."""
    return Locale.objects.get(pk=locale_id).language_code
