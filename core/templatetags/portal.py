"""How the portal writes dates, numbers and sizes: Vietnamese and English differ."""

import datetime
import re
from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from html import escape
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from core.listing import FacetValue

register = template.Library()
INDENTATION = re.compile(r"\n\s+")


@register.filter
def vn_date(value: datetime.date | None) -> str:
    """15/11/2019, in both languages: the order that Vietnamese documents use."""
    if isinstance(value, datetime.datetime):
        value = timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value.strftime("%d/%m/%Y") if value else ""


SWAPPED = str.maketrans(",.", ".,")


def _swap(text: str) -> str:
    return text if get_language() == "en" else text.translate(SWAPPED)


@register.filter
def vn_number(value: Any) -> str:
    """1.234,5 in Vietnamese, 1,234.5 in English; whole numbers without decimals."""
    if value in (None, ""):
        return ""
    if isinstance(value, int):
        return _swap(f"{value:,}")
    number = Decimal(str(value))
    return _swap(f"{number:,.0f}" if number == number.to_integral_value() else f"{number.normalize():,f}")


@register.filter
def rate(value: Any) -> str:
    """A share between 0 and 1 as 58,2%."""
    return "" if value is None else _swap(f"{Decimal(str(value)) * 100:.1f}") + "%"


@register.filter
def compacted(markup: SafeString) -> SafeString:
    """Markup without the indentation of its templates: a page of many rows is a tenth lighter."""
    return SafeString(INDENTATION.sub("\n", markup))


@register.filter
def filesize_vn(value: int | None) -> str:
    """34 KB, 1,2 MB: in units of 1,024 bytes."""
    if value is None:
        return ""
    if value < 1024 * 1024:
        return f"{max(1, round(value / 1024))} KB"
    return f"{_swap(f'{value / 1024 / 1024:.1f}')} MB"


@register.simple_tag
@cache
def asset(path: str) -> str:
    """Address of a static file. It is the same as long as the portal runs, so it is looked up once."""
    return static(path)


@register.simple_tag
def icon(name: str, small: bool = False) -> SafeString:
    """An icon of img/icons.svg, hidden from screen readers: the words stand beside it.

    Names: chevron-right, chevron-left, chevron-down, menu, search, warning, tick, tick-circle, clock, cross, dash,
    info, external, download, print. `small` has the size of the text.
    """
    return _icon(name, "icon-small" if small else "icon")


@register.simple_tag
def level_bars(level: int) -> SafeString:
    """The four bars of a level, as many filled as the level says."""
    return _icon(f"level-{level}", "bars")


@cache
def _icon(name: str, classes: str) -> SafeString:
    template = '<svg class="{}" aria-hidden="true"><use href="{}#{}"></use></svg>'
    return format_html(template, classes, static("img/icons.svg"), name)


@register.simple_tag
def facet_values(name: str, values: Iterable[FacetValue], first: bool = False) -> SafeString:
    """Check boxes of a facet with their counts; the first one of a group has the id that an error links to.

    Not a loop in the template: a catalogue has hundreds of them.
    """
    name = escape(name)
    anchor = f' id="id_{name}"' if first else ""
    separators = str.maketrans("", "") if get_language() == "en" else SWAPPED
    rows = []
    for value in values:
        checked = " checked" if value.checked else ""
        rows.append(
            f'<label class="check"><input type="checkbox" name="{name}" value="{escape(value.value)}"'
            f"{anchor}{checked}><span>{escape(value.label)}</span>"
            f'<span class="count">{f"{value.count:,}".translate(separators)}</span></label>'
        )
        anchor = ""
    return SafeString("\n".join(rows))
