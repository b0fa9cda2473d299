"""The values of one row, read by type; what cannot be read is noted with its column."""

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

from core.text import nfc
from services.tables.header import Header
from services.tables.problems import Problem

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\x80-\x9f\u200b-\u200f\u2028-\u202e\ufeff]")
#: bullets that Word's symbol fonts leave behind
_SYMBOL_BULLET = re.compile(r"[\ue000-\uf8ff]")
_web_address = URLValidator(schemes=["http", "https"])


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the file: its values by column, or the problems that stand in their place."""

    line: int
    values: dict[str, Any] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    #: column → what the file itself calls it, where that differs
    places: Mapping[str, str] = field(default_factory=dict)
    #: keys of the file that no column takes
    unread: frozenset[str] = frozenset()

    @property
    def problem(self) -> Problem | None:
        """The first of the problems."""
        return self.problems[0] if self.problems else None


@dataclass(slots=True)
class RowReader:
    """Typed access to a row's values; every disagreement is noted, and the row refused in the end."""

    row: Row
    header: Header
    problems: list[Problem] = field(default_factory=list)

    def has(self, name: str) -> bool:
        return name in self.row.values

    def note(self, column: str, reason: str) -> None:
        self.problems.append(Problem(self.row.line, self.row.places.get(column, column), reason))

    def text(self, name: str) -> str:
        value = self.row.values.get(name)
        if value is None:
            return ""
        if not isinstance(value, str):
            self.note(name, _("text is expected, not %(found)s") % {"found": kind_of(value)})
            return ""
        return self._readable(name, value)

    def _readable(self, name: str, value: str) -> str:
        limit = self.header.by_name[name].limit
        if len(value) > limit:
            message = _("%(length)d characters, at most %(limit)d are taken")
            self.note(name, message % {"length": len(value), "limit": limit})
        elif "\x00" in value:
            self.note(name, _("a NUL character"))
        elif not _is_unicode(value):
            self.note(name, _("not UTF-8"))
        else:
            return clean(value)
        return ""

    def names(self, name: str) -> list[str]:
        """A list of texts; a text is split at commas, semicolons and line ends."""
        value = self.row.values.get(name)
        if isinstance(value, list):
            if len(value) > 20 or not all(isinstance(part, str) for part in value):
                self.note(name, _("a list of at most 20 texts is expected"))
                return []
            parts = [self._readable(name, part) for part in value]
        else:
            parts = re.split(r"[,;\n]", self.text(name))
        return [part.strip() for part in parts if part.strip()]

    def number(self, name: str, low: int, high: int) -> int | None:
        """A whole number; in JSON it may be a number as well as its digits."""
        value = self.row.values.get(name)
        text = str(value) if isinstance(value, int) and not isinstance(value, bool) else self.text(name)
        if not text:
            return None
        if re.fullmatch(r"\d{1,9}", text, re.ASCII) and low <= int(text) <= high:
            return int(text)
        message = _("a whole number from %(low)d to %(high)d is expected, not “%(text)s”")
        self.note(name, message % {"low": low, "high": high, "text": text[:40]})
        return None

    def date(self, name: str) -> datetime.date | None:
        text = self.text(name)
        if not text:
            return None
        for form in ("%Y-%m-%d", "%d/%m/%Y"):
            try:
                return datetime.datetime.strptime(text, form).date()
            except ValueError:
                continue
        self.note(name, _("a date such as 31/12/2024 or 2024-12-31 is expected, not “%(text)s”") % {"text": text[:40]})
        return None

    def address(self, name: str) -> str:
        text = self.text(name)
        if text:
            if is_web_address(text):
                return text
            self.note(name, _("not a web address"))
        return ""


def is_web_address(text: str) -> bool:
    try:
        _web_address(text)
    except ValidationError:
        return False
    return True


def _is_unicode(text: str) -> bool:
    """False where lone surrogates stand for bytes or letters that are no text."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def kind_of(value: Any) -> str:
    """What a value is, in words."""
    if isinstance(value, bool):
        return _("true or false")
    if isinstance(value, int | float):
        return _("a number")
    if isinstance(value, str):
        return _("text")
    return _("a list") if isinstance(value, list) else _("an object")


def clean(text: str) -> str:
    """Composed, without control characters, blanks collapsed, no empty lines at the ends and never two in a row."""
    text = nfc(text).replace("\r\n", "\n").replace("\r", "\n")
    text = _SYMBOL_BULLET.sub("-", _CONTROL.sub("", text))
    lines = "\n".join(" ".join(line.split()) for line in text.split("\n")).strip()
    return re.sub(r"\n{3,}", "\n\n", lines) if "\n\n\n" in lines else lines
