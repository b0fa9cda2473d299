"""How time limits, fees and papers of a service are said in words."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.templatetags.portal import vn_number

#: longest text of a time limit or fee that stands in a list or in the answer box
SHORT = 60


#: unit of time → its words for a number
DURATIONS: dict[str, Callable[[int], str]] = {
    "hour": lambda n: ngettext("%(n)s hour", "%(n)s hours", n),
    "working_hour": lambda n: ngettext("%(n)s working hour", "%(n)s working hours", n),
    "day": lambda n: ngettext("%(n)s day", "%(n)s days", n),
    "working_day": lambda n: ngettext("%(n)s working day", "%(n)s working days", n),
    "month": lambda n: ngettext("%(n)s month", "%(n)s months", n),
    "year": lambda n: ngettext("%(n)s year", "%(n)s years", n),
}


def duration(value: Any, unit: str | None) -> str:
    """3 ngày làm việc, 2 giờ; a value without a unit is said without one, as its source has it."""
    if value in (None, ""):
        return ""
    number = Decimal(str(value))
    shown = vn_number(number)
    words = DURATIONS.get(unit or "")
    return words(1 if number == 1 else 2) % {"n": shown} if words else shown


def time_limits(channel: Mapping[str, Any]) -> list[str]:
    """Time limit of a channel: value with unit, and its words where they say more."""
    short = duration(channel.get("time_value"), channel.get("time_unit")) if channel.get("time_unit") else ""
    text = (channel.get("time_text") or "").strip()
    return [part for part in (short, text) if part and not (part == short and text.startswith(short))]


def short_time(channels: Iterable[Mapping[str, Any]]) -> str:
    """The time limit in a few words: that of the first channel that has one."""
    channels = list(channels)
    for channel in channels:
        if channel.get("time_unit") and channel.get("time_value") not in (None, ""):
            return duration(channel["time_value"], channel["time_unit"])
    for channel in channels:
        text = (channel.get("time_text") or "").strip()
        if text:
            return text if len(text) <= SHORT else _("See the ways of applying")
    return ""


def money(amount: int) -> str:
    return _("Free of charge") if amount == 0 else _("%(amount)s VND") % {"amount": vn_number(amount)}


def fee_lines(channel: Mapping[str, Any]) -> list[dict[str, str]]:
    """Fees of a channel: the amount, then its words and who pays less."""
    lines = []
    for fee in channel.get("fees") or []:
        amount, text = fee.get("amount"), (fee.get("text") or "").strip()
        exemption = (fee.get("exemption") or "").strip()
        if amount is None:
            lines.append({"amount": "", "note": " ".join(filter(None, [text, exemption]))})
            continue
        shown = money(amount)
        note = "" if text.casefold() == shown.casefold() else text
        if note and vn_number(amount) in note:
            shown = ""  # its words say the amount
        lines.append({"amount": shown, "note": " ".join(filter(None, [note, exemption]))})
    return lines


def short_fee(channels: Iterable[Mapping[str, Any]]) -> str:
    """The fee in a few words: free, one amount, or the span; empty where nothing is recorded."""
    fees = [fee for channel in channels for fee in channel.get("fees") or []]
    amounts = sorted({fee["amount"] for fee in fees if fee.get("amount") is not None})
    if not amounts:
        return _("See the fees") if fees else ""
    if len(amounts) == 1:
        texts = {(fee.get("text") or "").strip() for fee in fees}
        text = texts.pop() if len(texts) == 1 else ""
        return text if text and len(text) <= SHORT and amounts[0] else money(amounts[0])
    words = {"low": money(amounts[0]), "high": money(amounts[-1])}
    if len(amounts) == 2:
        return _("%(low)s or %(high)s") % words
    if not amounts[0]:
        return _("Free of charge or up to %(high)s") % words
    return _("From %(low)s to %(high)s") % words


def papers_needed(cases: Iterable[Any]) -> str:
    """How many papers the first case asks to hand in."""
    first = next(iter(cases), None)
    count = sum(1 for paper in first["papers"] or () if not paper["show_only"]) if first else 0
    if not count:
        return ""
    return ngettext("%(n)s paper to hand in", "%(n)s papers to hand in", count) % {"n": count}
