"""An object of a file walked key by key: what is wrong is noted with its path, what nobody asked for is told."""

import math
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from services.tables.values import kind_of

#: objects in one list
MOST_ITEMS = 500
_NOTHING = (None, "", [], {})


@dataclass(slots=True)
class Walk:
    """What was found on the way: problems as (path, reason)."""

    problems: list[tuple[str, str]] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Node:
    """One object at its path, such as `channels[0]`; `pattern` is the path without numbers: `channels[]`.

    `any_case`: MATTHC, maTTHC and MaTTHC are one key, asked for in capitals.
    """

    value: dict[str, Any]
    path: str
    pattern: str
    walk: Walk
    any_case: bool = False
    keys: dict[str, str] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)
    children: list["Node"] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.keys = {(key.upper() if self.any_case else key): key for key in self.value}

    # --- values ------------------------------------------------------------------------------------------------

    def take(self, key: str) -> Any:
        self.asked.add(key)
        return self.value.get(self.keys.get(key, key))

    def note(self, key: str, reason: str) -> None:
        self.walk.problems.append((self.place(key), reason))

    def place(self, key: str) -> str:
        name = self.keys.get(key, key)
        return f"{self.path}.{name}" if self.path else name

    def text(self, key: str) -> str:
        """The text of a key; a number is as good as its digits. Empty where it is missing or refused."""
        value = self.take(key)
        if value is None:
            return ""
        if isinstance(value, str):
            return value
        if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
            return str(int(value)) if value == int(value) else str(value)
        self.note(key, _("text is expected, not %(found)s") % {"found": kind_of(value)})
        return ""

    def whole(self, key: str, high: int) -> int | None:
        """A whole number from 0 to `high`, as a number or its digits."""
        text = self.text(key).strip()
        if text.isascii() and text.isdigit() and len(text) <= 15 and int(text) <= high:
            return int(text)
        if text:
            message = _("a whole number from %(low)d to %(high)d is expected, not “%(text)s”")
            self.note(key, message % {"low": 0, "high": high, "text": text[:40]})
        return None

    def truth(self, key: str) -> bool:
        value = self.take(key)
        if value not in (None, "", True, False):
            self.note(key, _("true or false is expected, not %(found)s") % {"found": kind_of(value)})
        return value is True

    def nodes(self, key: str) -> list["Node"]:
        """The objects of a list."""
        value = self.take(key)
        if value in _NOTHING:
            return []
        return children(self, key, value)

    def node(self, key: str) -> "Node | None":
        """The object under a key; None where there is none."""
        value = self.take(key)
        if value in _NOTHING:
            return None
        if not isinstance(value, dict):
            self.note(key, _("an object is expected, not %(found)s") % {"found": kind_of(value)})
            return None
        found = Node(value, self.place(key), self.place(key), self.walk, self.any_case)
        self.children.append(found)
        return found

    def names(self, key: str, name: str) -> list[str]:
        """One text of each object of a list, those that have it."""
        found = [node.text(name).strip() for node in self.nodes(key)]
        return [text for text in found if text]

    # --- what was not asked for --------------------------------------------------------------------------------

    def leave(self) -> None:
        """Note the keys that have a value and that nobody asked for, here and below."""
        for key, name in self.keys.items():
            if key not in self.asked and self.value[name] not in _NOTHING:
                self.walk.unread.add(f"{self.pattern}.{name}" if self.pattern else name)
        for child in self.children:
            child.leave()


def children(parent: Node, key: str, value: Any) -> list[Node]:
    """The objects of a list under a key of `parent`, whatever is in the list that is no object refused."""
    name = parent.keys.get(key, key)
    pattern = f"{parent.pattern}.{name}[]" if parent.pattern else f"{name}[]"
    if not isinstance(value, list):
        parent.note(key, _("a list is expected, not %(found)s") % {"found": kind_of(value)})
        return []
    if len(value) > MOST_ITEMS:
        parent.note(key, _("at most %(count)d entries are taken") % {"count": MOST_ITEMS})
        return []
    found = []
    for at, item in enumerate(value):
        path = f"{parent.place(key)}[{at}]"
        if isinstance(item, dict):
            found.append(Node(item, path, pattern, parent.walk, parent.any_case))
        else:
            reason = _("an object is expected, not %(found)s") % {"found": kind_of(item)}
            parent.walk.problems.append((path, reason))
    parent.children += found
    return found


def root(value: dict[str, Any], *, any_case: bool = False) -> Node:
    return Node(value, "", "", Walk(), any_case)
