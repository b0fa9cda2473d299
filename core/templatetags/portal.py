"""How the portal writes dates, numbers and sizes: Vietnamese and English differ."""

import datetime
from decimal import Decimal
from typing import Any

from django import template
from django.utils import timezone
from django.utils.translation import get_language

register = template.Library()


@register.filter
def vn_date(value: datetime.date | None) -> str:
    """15/11/2019, in both languages: the order that Vietnamese documents use."""
    if isinstance(value, datetime.datetime):
        value = timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value.strftime("%d/%m/%Y") if value else ""


def _swap(text: str) -> str:
    return text if get_language() == "en" else text.translate(str.maketrans(",.", ".,"))


@register.filter
def vn_number(value: Any) -> str:
    """1.234,5 in Vietnamese, 1,234.5 in English; whole numbers without decimals."""
    if value in (None, ""):
        return ""
    number = Decimal(str(value))
    return _swap(f"{number:,.0f}" if number == number.to_integral_value() else f"{number.normalize():,f}")


@register.filter
def rate(value: Any) -> str:
    """A share between 0 and 1 as 58,2%."""
    return "" if value is None else _swap(f"{Decimal(str(value)) * 100:.1f}") + "%"


@register.filter
def filesize_vn(value: int | None) -> str:
    """34 KB, 1,2 MB: in units of 1,024 bytes."""
    if value is None:
        return ""
    if value < 1024 * 1024:
        return f"{max(1, round(value / 1024))} KB"
    return f"{_swap(f'{value / 1024 / 1024:.1f}')} MB"
