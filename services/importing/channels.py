"""Ways of applying with their time limits and fees, from prose that names the channel or speaks for all. Pure."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from core.text import fold

Value = dict[str, Any]

#: names of the channels as the national database and its users write them, folded
KINDS = {
    "truc tuyen": "online",
    "online": "online",
    "truc tiep": "direct",
    "direct": "direct",
    "dich vu buu chinh": "post",
    "buu chinh": "post",
    "buu chinh cong ich": "post",
    "qua buu chinh": "post",
    "post": "post",
}
_NAME = r"(?:Trực tuyến|Trực tiếp|Dịch vụ bưu chính)"
_HEAD = re.compile(rf"(?:\A|(?<=; ))({_NAME}(?:/{_NAME})*): ?")
# A table whose cells ran together: "Trực tuyếnKhôngMiễn phíQua Cổng …Dịch vụ bưu chính…"
_GLUED = re.compile(rf"({_NAME})(?=[A-ZĐ])")
_GLUED_FEE = re.compile(r"Miễn phí|Không có thông tin")
UNITS = {
    "gio": "hour",
    "gio lam viec": "working_hour",
    "ngay lam viec": "working_day",
    "ngay": "day",
    "thang": "month",
    "nam": "year",
}
_LIMIT = re.compile(r"(\d{1,6}(?:[.,]\d{1,2})?)\s+(\D+)")
_NO_UNIT = "(nguồn không ghi đơn vị)"
_DASH = " — "


def kind_of(name: str) -> str | None:
    """online, direct or post; None for an unknown name."""
    return KINDS.get(fold(name))


def channels(kinds: Sequence[str], time_limit: str, fee: str) -> list[Value]:
    """One value for each kind in order, with the time limit and the fees that the texts give for it."""
    if not kinds and _GLUED.match(time_limit):
        return _glued(time_limit)
    head, dash, tail = time_limit.partition(_DASH)
    limits, explanations, fees = _by_kind(head, kinds), _by_kind(tail if dash else "", kinds), _by_kind(fee, kinds)
    return [{"kind": kind, **_time(limits[kind], explanations[kind]), "fees": _fees(fees[kind])} for kind in kinds]


def _by_kind(text: str, kinds: Sequence[str]) -> dict[str, list[str]]:
    """The parts of a text that hold for each kind: all of it where it names no channel."""
    found: dict[str, list[str]] = {kind: [] for kind in kinds}
    heads = list(_HEAD.finditer(text))
    before = text[: heads[0].start()].strip(" ;") if heads else text.strip()
    if before:
        for parts in found.values():
            parts.append(before)
    bounds = [head.start() for head in heads[1:]] + [len(text)]
    for head, stop in zip(heads, bounds, strict=False):
        part = text[head.end() : stop].strip()
        part = part.removesuffix(";").strip() if stop < len(text) else part
        for name in dict.fromkeys(head[1].split("/")):
            if part and KINDS[fold(name)] in found:
                found[KINDS[fold(name)]].append(part)
    return found


# --- time limits ---------------------------------------------------------------------------------------------------


def _time(limits: list[str], explanations: list[str]) -> Value:
    """Value and unit where there is exactly one; several limits, limits without a unit and prose stay in words."""
    limits = list(dict.fromkeys(limits))
    value, unit = _limit(limits[0]) if len(limits) == 1 else (None, "")
    said = list(dict.fromkeys(explanations))
    if not unit:
        said = limits + said
    return {"time_value": value, "time_unit": unit, "time_text": "\n".join(said)}


def _limit(text: str) -> tuple[str | None, str]:
    found = _LIMIT.fullmatch(text)
    if not found:
        return None, ""
    value = str(Decimal(found[1].replace(",", ".")))  # "02" is 2
    if found[2] == _NO_UNIT:
        return value, ""
    unit = UNITS.get(fold(found[2]), "")
    return (value, unit) if unit else (None, "")


# --- fees ----------------------------------------------------------------------------------------------------------

_FEE_START = re.compile(r"(?<=[\s;])(?=(?:Phí|Lệ phí) : )")
_LABEL = r"(?:(?:Phí|Lệ phí) : )?"
_CURRENCY = r"(?:Việt Nam Đồng|VNĐ|Đồng)"
_BRACKETS = r"\s*(?:\((?P<text>.*)\)?)?"
_FREE = re.compile(rf"{_LABEL}(?:Miễn phí|(?:0|Không) {_CURRENCY}){_BRACKETS}", re.DOTALL)
_PRICE = re.compile(rf"{_LABEL}(?P<amount>\d{{1,3}}(?:[,.]\d{{3}})*|\d{{1,12}}) {_CURRENCY}{_BRACKETS}", re.DOTALL)
_MONEY = re.compile(r"(\d[\d.,]*)\s*(?:đồng|vnđ|đ\b|triệu)", re.IGNORECASE)
_SAYS_NOTHING = re.compile(r"(?:khong(?: co| quy dinh| thu(?: phi)?| phai nop)?|(?:mien )?phi|le phi|phi, le phi)?")
_EXEMPTION = re.compile(r"\b(?:mien|giam)\b(?! phi dich vu)")
#: a smaller amount is a figure cut off at its thousands ("250 VNĐ (250.000 đồng)"), "Miễn phí" aside
_SMALLEST_AMOUNT = 500


def _fees(texts: list[str]) -> list[Value]:
    found = [_fee(part.strip(" ;")) for text in dict.fromkeys(texts) for part in _FEE_START.split(text)]
    said = [value for value in found if value["amount"] is not None or value["text"]]
    return [value for at, value in enumerate(said) if value not in said[:at]]


def _fee(text: str) -> Value:
    """Amount in đồng where the text states one that its own explanation does not contradict; else the words alone."""
    if free := _FREE.fullmatch(text):
        return priced(0, _inside(free["text"])) or _in_words(text)
    if price := _PRICE.fullmatch(text):
        return priced(int(re.sub(r"\D", "", price["amount"])), _inside(price["text"])) or _in_words(text)
    return _in_words(text)


def priced(amount: int, said: str) -> Value | None:
    """A fee in đồng with its explanation; None where that contradicts it or the amount is a figure cut off."""
    if amount == 0:
        named = any(int(re.sub(r"\D", "", figure) or 0) for figure in _MONEY.findall(said))
        return None if named else {"amount": 0, **_explained(said)}
    return {"amount": amount, **_explained(said)} if amount >= _SMALLEST_AMOUNT else None


def _in_words(text: str) -> Value:
    return {"amount": None, "text": text, "exemption": ""}


def _inside(text: str | None) -> str:
    """What stands in the brackets: the pattern took their end with it."""
    text = (text or "").strip()
    return text.removesuffix(")").strip() if text.count(")") > text.count("(") else text


def _explained(text: str) -> Value:
    """Sentences on who pays less or nothing apart from the rest."""
    if _SAYS_NOTHING.fullmatch(fold(text).strip(" .;/-")):
        return {"text": "", "exemption": ""}
    sentences = re.split(r"(?<=[.;])\s+(?=[A-ZĐ+*-])|\n", text)
    exemptions = [one for one in sentences if len(sentences) > 1 and _EXEMPTION.search(fold(one))]
    rest = [one for one in sentences if one not in exemptions]
    return {"text": "\n".join(rest).strip(), "exemption": "\n".join(exemptions).strip()}


# --- a table whose cells ran together ------------------------------------------------------------------------------


def _glued(text: str) -> list[Value]:
    found: dict[str, Value] = {}
    pieces = _GLUED.split(text)
    for name, body in zip(pieces[1::2], pieces[2::2], strict=True):
        fee = _GLUED_FEE.search(body)
        limit, how = (body[: fee.start()], body[fee.end() :]) if fee else ("", body)
        said = "\n".join(part.strip() for part in (limit, how) if part.strip())
        fees = [{"amount": 0, "text": "", "exemption": ""}] if fee and fee[0] == "Miễn phí" else []
        kind = KINDS[fold(name)]
        found.setdefault(kind, {"kind": kind, "time_value": None, "time_unit": "", "time_text": said, "fees": fees})
    return list(found.values())
