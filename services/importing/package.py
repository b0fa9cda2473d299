"""The national database's old package of a procedure (MATTHC, CACHTHUCTHUCHIEN[].THOIGIAN[]…) as the portal's columns.

The package is what the national portal's exchange gives (service LayThuTuc). Time limits and fees stay on their
channel, papers on their case. No database.
"""

import re
from typing import Any

from django.utils.translation import gettext as _

from core.text import fold
from services.importing import parsing
from services.importing.channels import UNITS, priced
from services.importing.nodes import Node
from services.importing.papers import is_shown_only
from services.importing.structures import LARGEST_AMOUNT, MOST_COPIES
from services.tables.values import clean

#: KENH, by the exchange's own numbers
CHANNELS = {"1": "direct", "2": "online", "3": "post"}
_DONG = re.compile(r"(?:viet nam )?dong|vnd|d|")
_NUMBER = re.compile(r"\d{1,12}(?:[.,]\d{1,2})?", re.ASCII)
_AMOUNT = re.compile(r"(\d{1,3}(?:[.,]\d{3})+|\d{1,12})(?:[.,]0{1,2})?", re.ASCII)

#: column of the portal → key of the package that a problem with it is named by
PLACES = {
    "code": "MATTHC",
    "name": "TENTTHC",
    "field": "LINHVUCTHUCHIEN",
    "level": "CAPTHUCHIEN",
    "agency": "COQUANTHUCHIEN",
    "competent_agency": "COQUANCOTHAMQUYEN",
    "audience": "DOITUONGTHUCHIEN",
    "channels": "CACHTHUCTHUCHIEN",
    "documents": "THANHPHANHOSO",
    "steps": "TRINHTUTHUCHIEN",
    "result": "KETQUATHUCHIEN",
    "conditions": "YEUCAU",
    "legal_basis": "CANCUPHAPLY",
    "decision_number": "SOQUYETDINH",
    "decision_date": "NGAYQUYETDINH",
    "keywords": "TUKHOA",
    "maturity": "MUCDO",
}


def columns(node: Node) -> dict[str, Any]:
    """Values by the portal's columns; a key that the package does not have gives no column."""
    values: dict[str, Any] = {
        "code": node.text("MATTHC"),
        "name": node.text("TENTTHC"),
        "field": first_name(node, "LINHVUCTHUCHIEN", "TENLINHVUC"),
    }
    for column, read in _READERS.items():
        if PLACES[column] in node.keys:
            values[column] = read(node)
    for column in ("conditions", "decision_number", "keywords", "maturity"):
        if PLACES[column] in node.keys:
            values[column] = node.text(PLACES[column])
    return values


def first_name(node: Node, key: str, name: str) -> str:
    """A procedure has one field here: the first; others are told as not read."""
    found = node.names(key, name)
    if len(found) > 1:
        node.walk.unread.add(f"{key}[1…]")
    return found[0] if found else ""


def _levels(node: Node) -> list[str]:
    """Names of the levels of government; a number alone says nothing that could be relied on."""
    found = []
    for level in node.nodes("CAPTHUCHIEN"):
        name = level.text("TENCAP") or level.text("CAPTHUCHIEN")
        if name.strip().isdigit():
            node.walk.unread.add("CAPTHUCHIEN[].CAPTHUCHIEN")
        elif name:
            found.append(name)
    return found


def _agency(key: str) -> Any:
    return lambda node: "\n".join(node.names(key, "TENDONVI"))


def _channels(node: Node) -> list[dict[str, Any]]:
    """A value for each time limit of each channel: one with two time limits, each with its fees, is named twice."""
    found = []
    for channel in node.nodes("CACHTHUCTHUCHIEN"):
        number = channel.text("KENH").strip()
        kind = CHANNELS.get(number)
        if kind is None:
            channel.note("KENH", _("1, 2 or 3 is expected, not “%(text)s”") % {"text": number[:40]})
        said = channel.text("MOTA")
        limits = channel.nodes("THOIGIAN")
        found += [{"kind": kind, **_limit(limit, said)} for limit in limits]
        if not limits:
            found.append({"kind": kind, **time_limit("", "", "", said), "fees": []})
    return found


def _limit(node: Node, said: str) -> dict[str, Any]:
    number = node.text("THOIGIANGIAIQUYET").strip()
    if number and not _NUMBER.fullmatch(number):
        node.note("THOIGIANGIAIQUYET", _("a number is expected, not “%(text)s”") % {"text": number[:40]})
        number = ""
    words = "\n".join(part for part in (node.text("MOTA"), said) if part.strip())
    unit = node.text("DONVITINH").strip()
    limit = time_limit(number, UNITS.get(fold(unit), ""), unit, words)
    return {**limit, "fees": [_fee(fee) for fee in node.nodes("PHILEPHI")]}


def time_limit(number: str, unit: str, unit_name: str, words: str) -> dict[str, Any]:
    """A time limit by value and unit, with its words; in an unknown unit all of it stays in words, and 0 is none."""
    number = number.replace(",", ".")
    if not number or not float(number):
        return {"time_value": None, "time_unit": "", "time_text": words}
    if not unit:
        return {"time_value": None, "time_unit": "", "time_text": f"{number} {unit_name}\n{words}"}
    return {"time_value": number, "time_unit": unit, "time_text": words}


def _fee(node: Node) -> dict[str, Any]:
    number, currency = node.text("SOTIEN").strip(), node.text("DONVI").strip()
    said = node.text("MOTA")
    amount = read_amount(node, "SOTIEN", number)
    return fee(amount, number, currency, said)


def read_amount(node: Node, key: str, text: str) -> int | None:
    """An amount without a fraction; its thousands may be set apart."""
    if not text:
        return None
    found = _AMOUNT.fullmatch(text)
    amount = int(re.sub(r"\D", "", found[1])) if found else -1
    if 0 <= amount <= LARGEST_AMOUNT:
        return amount
    node.note(key, _("an amount is expected, not “%(text)s”") % {"text": text[:40]})
    return None


def fee(amount: int | None, number: str, currency: str, said: str) -> dict[str, Any]:
    """The amount where it is in đồng and its own explanation does not contradict it; else all in words."""
    said = clean(said)
    if amount is not None and _DONG.fullmatch(fold(currency)) and (found := priced(amount, said)):
        return found
    if amount == 0 and said:
        return {"amount": None, "text": said, "exemption": ""}
    stated = f"{number} {currency}".strip() if amount is not None else ""
    return {"amount": None, "text": f"{stated} ({said})" if stated and said else stated or said, "exemption": ""}


def _documents(node: Node) -> list[dict[str, Any]]:
    return [
        {"name": case.text("TRUONGHOP"), "papers": [_paper(paper, case.text("TRUONGHOP")) for paper in papers]}
        for case in node.nodes("THANHPHANHOSO")
        if (papers := case.nodes("GIAYTO")) or case.text("TRUONGHOP")
    ]


def _paper(node: Node, case: str) -> dict[str, Any]:
    if not node.text("TENGIAYTO").strip():
        node.note("TENGIAYTO", _("missing"))
    originals, copies = node.whole("SOBANCHINH", MOST_COPIES), node.whole("SOBANSAO", MOST_COPIES)
    form = "\n".join(text for text in (node.text("TENMAUDON"), node.text("URL")) if text.strip())
    return paper(node.text("TENGIAYTO"), originals, copies, form, case)


def paper(name: str, originals: int | None, copies: int | None, form: str, case: str) -> dict[str, Any]:
    """A paper; without an original and without a copy it is a remark, of which nothing is handed in."""
    if not originals and not copies:
        originals = copies = None
    shown = is_shown_only(case)
    return {"name": name, "originals": originals, "copies": copies, "note": form, "show_only": shown}


def _steps(node: Node) -> list[dict[str, str]]:
    """The steps of each case; the name of the case stands before them as a step of its own."""
    found = []
    for case in node.nodes("TRINHTUTHUCHIEN"):
        name = clean(case.text("TRUONGHOP"))
        if name:
            found.append({"title": name, "text": ""} if len(name) <= 255 else {"title": "", "text": name})
        for text in case.names("TRINHTU", "TENTRINHTU"):
            found += parsing.steps(clean(text))
    return found


def _legal_bases(node: Node) -> list[dict[str, Any]]:
    found = []
    for act in node.nodes("CANCUPHAPLY"):
        number, title = act.text("SOVANBAN").strip(), act.text("TENVANBAN").strip()
        if number or title:
            found.append({"number": number, "title": title or number, "url": act.text("DIACHITRUYCAP").strip()})
    return found


def _day(node: Node) -> str:
    """The day of a moment such as 2019-08-01T00:00:00; what is no moment is left to the column to refuse."""
    text = node.text("NGAYQUYETDINH").strip()
    return text[:10] if re.match(r"\d{4}-\d\d-\d\d[T ]|\d\d/\d\d/\d{4} ", text) else text


_READERS = {
    "level": _levels,
    "agency": _agency("COQUANTHUCHIEN"),
    "competent_agency": _agency("COQUANCOTHAMQUYEN"),
    "audience": lambda node: node.names("DOITUONGTHUCHIEN", "TENDOITUONG"),
    "channels": _channels,
    "documents": _documents,
    "steps": _steps,
    "result": lambda node: "\n".join(node.names("KETQUATHUCHIEN", "TENKETQUA")),
    "legal_basis": _legal_bases,
    "decision_date": _day,
}
