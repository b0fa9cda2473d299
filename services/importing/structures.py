"""Columns that may hold a list of objects in place of prose: channels, papers, steps, legal bases (docs/import.md).

What they become is the very value that the prose becomes. Every problem has the path of its key. No database.
"""

import datetime
import json
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from services.importing.channels import kind_of
from services.importing.nodes import Node
from services.tables.values import clean, is_web_address

Value = dict[str, Any]

TIME_UNITS = ("working_hour", "hour", "working_day", "day", "month", "year")
#: đồng
LARGEST_AMOUNT = 10**12
MOST_COPIES = 10_000
_NUMBER = re.compile(r"\d{1,12}(?:\.\d{1,6})?", re.ASCII)


def objects_in(value: Any) -> list[Any] | None:
    """The objects that a cell holds, as a list or as its JSON text; None where it holds prose."""
    if isinstance(value, str) and value.lstrip().startswith("["):
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            return None
    if isinstance(value, list) and all(isinstance(item, dict) for item in value):
        return value
    return None


def texts_in(value: Any) -> list[str] | None:
    """The texts that a cell holds as the JSON text of a list; None where it holds prose."""
    if not (isinstance(value, str) and value.lstrip().startswith("[")):
        return None
    try:
        found = json.loads(value)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, list) and all(isinstance(item, str) for item in found) else None


def says_something(value: Value) -> bool:
    """False for an object of which every value is empty: an empty line, not a mistake."""
    return any(part not in (None, "", [], False) for part in value.values())


# --- one object each -----------------------------------------------------------------------------------------------


def _channel(node: Node) -> Value:
    kind = node.text("kind")
    if kind_of(kind) is None:
        node.note("kind", _("unknown way of applying: “%(name)s”") % {"name": kind[:60]})
    return {
        "kind": kind_of(kind),
        "time_value": _decimal(node, "time_value"),
        "time_unit": _choice(node, "time_unit", TIME_UNITS),
        "time_text": _text(node, "time_text"),
        "fees": [_fee(fee) for fee in node.nodes("fees")],
    }


def _fee(node: Node) -> Value:
    return {
        "amount": node.whole("amount", LARGEST_AMOUNT),
        "text": _text(node, "text"),
        "exemption": _text(node, "exemption"),
    }


def _case(node: Node) -> Value:
    return {"name": _text(node, "name"), "papers": [*filter(says_something, map(_paper, node.nodes("papers")))]}


def _paper(node: Node) -> Value:
    return {
        "name": _text(node, "name"),
        "originals": node.whole("originals", MOST_COPIES),
        "copies": node.whole("copies", MOST_COPIES),
        "form": None,
        "note": _text(node, "note"),
        "show_only": node.truth("show_only"),
    }


def _step(node: Node) -> Value:
    return {"title": _text(node, "title", 255), "text": _text(node, "text")}


def _legal_basis(node: Node) -> Value:
    url = _text(node, "url", 500)
    if url and not is_web_address(url):
        node.note("url", _("not a web address"))
    number, title = _text(node, "number", 120), _text(node, "title")
    return {"number": number, "title": title, "in_force": _day(node, "in_force"), "url": url}


#: column → what makes a value of each of its objects
READERS: dict[str, Callable[[Node], Value]] = {
    "channels": _channel,
    "documents": _case,
    "steps": _step,
    "legal_basis": _legal_basis,
}


# --- one value each ------------------------------------------------------------------------------------------------


def _text(node: Node, key: str, limit: int | None = None) -> str:
    text = node.text(key)
    if "\x00" in text:
        node.note(key, _("a NUL character"))
        return ""
    try:
        text.encode()
    except UnicodeEncodeError:
        node.note(key, _("not UTF-8"))
        return ""
    text = clean(text)
    if limit and len(text) > limit:
        message = _("%(length)d characters, at most %(limit)d are taken")
        node.note(key, message % {"length": len(text), "limit": limit})
    return text


def _decimal(node: Node, key: str) -> str | None:
    text = node.text(key).strip()
    if not text:
        return None
    if _NUMBER.fullmatch(text):
        return str(Decimal(text))
    node.note(key, _("a number such as 3 or 1.5 is expected, not “%(text)s”") % {"text": text[:40]})
    return None


def _choice(node: Node, key: str, choices: tuple[str, ...]) -> str:
    text = node.text(key)
    if text and text not in choices:
        message = _("one of %(choices)s is expected, not “%(text)s”")
        node.note(key, message % {"choices": ", ".join(choices), "text": text[:40]})
    return text


def _day(node: Node, key: str) -> str | None:
    text = node.text(key).strip()
    if not text:
        return None
    try:
        return datetime.date.fromisoformat(text).isoformat()
    except ValueError:
        node.note(key, _("a date such as 2024-12-31 is expected, not “%(text)s”") % {"text": text[:40]})
        return None
