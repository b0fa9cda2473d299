"""How a level and an online extent are shown: the same everywhere, so made once a language."""

from functools import cache

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.templatetags.portal import icon, level_bars
from services.models.maturity import EXTENT_CHOICES, LEVEL_CHOICES

register = template.Library()


@register.simple_tag
def level_tags(level: int | None, extent: str | None = None) -> SafeString:
    """Badge of the level (hollow for 1 and 2, solid for 3 and 4) and tag of the extent, a scale of its own beside it.

    Where neither is recorded, the badge says that the level is not determined.
    """
    return _tags(level or None, str(extent) if extent else None, get_language())


@cache
def _tags(level: int | None, extent: str | None, language: str | None) -> SafeString:
    badge = SafeString("")
    if level:
        words = dict(LEVEL_CHOICES)[level]
        badge = format_html('<span class="level level-{}">{}{}</span>', level, level_bars(level), words)
    elif not extent:
        words = _("Level not determined")
        badge = format_html('<span class="tag tag-grey">{}{}</span>', icon("dash", small=True), words)
    tag = format_html('<span class="extent">{}</span>', dict(EXTENT_CHOICES)[extent]) if extent else SafeString("")
    return badge + tag
