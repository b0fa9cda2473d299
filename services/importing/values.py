"""Typed access to a row that may hold lists of texts and lists of objects, too."""

import re
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from services.importing.nodes import children, root
from services.importing.structures import READERS, objects_in, says_something, texts_in
from services.tables.problems import Problem
from services.tables.values import RowReader

#: texts in one list
MOST_NAMES = 100


@dataclass(slots=True)
class RecordReader(RowReader):
    """The values of a row of procedures."""

    #: keys of objects inside columns that nothing is made of
    unread: set[str] = field(default_factory=set)

    def names(self, name: str, separators: str = r"[,;\n]") -> list[str]:
        """A list of texts, or its JSON text; other text is split at commas, semicolons and line ends."""
        parts = self.listed(name)
        if parts is None:
            parts = re.split(separators, self.text(name))
        return [part.strip() for part in parts if part.strip()]

    def listed(self, name: str) -> list[str] | None:
        """The texts of a list; None where the column holds prose."""
        value = self.row.values.get(name)
        found = value if isinstance(value, list) else texts_in(value)
        if found is None:
            return None
        if len(found) > MOST_NAMES or not all(isinstance(part, str) for part in found):
            self.note(name, _("a list of at most %(count)d texts is expected") % {"count": MOST_NAMES})
            return []
        return [self._readable(name, part) for part in found]

    def objects(self, name: str) -> list[dict[str, Any]] | None:
        """Values of the objects that the column holds; None where it holds prose."""
        found = objects_in(self.row.values.get(name))
        if found is None:
            return None
        holder = root({name: found})
        values = [value for node in children(holder, name, found) if says_something(value := READERS[name](node))]
        self.problems += [Problem(self.row.line, *problem) for problem in holder.walk.problems]
        holder.asked.add(name)
        holder.leave()
        self.unread |= holder.walk.unread
        return values
