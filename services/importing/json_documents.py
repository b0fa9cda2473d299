"""JSON that is not one object a line: an array, or one object over many lines, read object by object."""

import codecs
import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from services.tables.problems import Problem

#: characters of one object
LONGEST_OBJECT = 4 * 1024 * 1024
_CHUNK = 64 * 1024
_BLANK = re.compile(r"[ \t\r\n]*")
_BOM = b"\xef\xbb\xbf"
#: keys under which an exchange's answer has its records
_WRAPPERS = ("result", "RESULT", "data", "items")
_CODES = frozenset({"CODE", "MATTHC"})


def is_document(start: bytes) -> bool:
    """True where a file that begins so is an array or an object that goes over the end of its line."""
    start = start.removeprefix(_BOM).lstrip()
    return start.startswith(b"[") or re.match(rb"\{[ \t\r]*\n", start) is not None


def unwrapped(value: Any) -> list[Any]:
    """The records inside the answer of an exchange, `{"result": […]}`; anything else stands for itself."""
    if isinstance(value, dict) and _CODES.isdisjoint(key.upper() for key in value):
        for key in _WRAPPERS:
            if isinstance(value.get(key), list):
                return value[key]
    return [value]


def documents(read: Callable[[int], bytes]) -> Iterator[tuple[int, Any] | Problem]:
    """Each value with the line where it begins. After a problem nothing more is read. `read(n)`: up to n bytes."""
    text = _Text(read)
    try:
        yield from _values(text)
    except UnicodeDecodeError:
        yield Problem(text.line, "", _("not UTF-8; the rest is not read"))
    except RecursionError:
        yield Problem(text.line, "", _("not valid JSON; the rest is not read"))


def _values(text: "_Text") -> Iterator[tuple[int, Any] | Problem]:
    is_array = text.next_character() == "["
    if is_array:
        text.drop(1)
    first = True
    while True:
        character = text.next_character()
        if is_array and character == "]":
            text.drop(1)
            is_array = False
            continue
        if is_array and not first and character == ",":
            text.drop(1)
            character = text.next_character()
        if not character and not is_array:
            return
        if not first and not is_array:
            yield Problem(text.line, "", _("something follows the end of the document; it is not read"))
            return
        line, value = text.line, text.value()
        if isinstance(value, Problem):
            yield value
            return
        yield from ((line, one) for one in unwrapped(value))
        first = False


class _Text:
    """Characters of a stream, as many as are needed at a time."""

    def __init__(self, read: Callable[[int], bytes]) -> None:
        self.read = read
        self.decoder = codecs.getincrementaldecoder("utf-8-sig")()
        self.held = ""
        self.line = 1
        self.ended = False

    def more(self, size: int) -> None:
        data = self.read(size)
        self.ended = not data
        self.held += self.decoder.decode(data, final=self.ended)

    def drop(self, count: int) -> None:
        self.line += self.held.count("\n", 0, count)
        self.held = self.held[count:]

    def next_character(self) -> str:
        """The next one that is no blank; empty at the end."""
        while True:
            self.drop(_BLANK.match(self.held).end())
            if self.held or self.ended:
                return self.held[:1]
            self.more(_CHUNK)

    def value(self) -> Any:
        """The value that begins here, or the problem that stands in its place."""
        while True:
            try:
                value, end = json.JSONDecoder().raw_decode(self.held)
            except ValueError as error:
                if self.ended:
                    line = self.line + getattr(error, "lineno", 1) - 1
                    return Problem(line, "", _("not valid JSON; the rest is not read"))
            else:
                self.drop(end)
                return value
            if len(self.held) > LONGEST_OBJECT:
                message = _("an object is longer than %(size)d MB; the rest is not read")
                return Problem(self.line, "", message % {"size": LONGEST_OBJECT // 1024**2})
            # twice as much each time, so that a long object is not begun again for every chunk
            self.more(max(_CHUNK, len(self.held)))
