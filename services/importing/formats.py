"""Which of three forms a record has: the portal's own columns, the old national package, the new national interface."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from types import ModuleType
from typing import Any

from services.importing import package, published
from services.importing.nodes import Node, root
from services.tables.problems import Problem
from services.tables.values import Row


class Format(StrEnum):
    """Form of the records of a file."""

    AUTO = "auto"
    COLUMNS = "columns"
    PACKAGE = "package"
    INTERFACE = "interface"


@dataclass(frozen=True, slots=True)
class _National:
    """How a national form is known and read."""

    module: ModuleType
    #: keys of which any one tells it from the others
    marks: frozenset[str]
    any_case: bool

    @property
    def columns(self) -> Callable[[Node], dict[str, Any]]:
        return self.module.columns


NATIONAL = {
    Format.PACKAGE: _National(package, frozenset({"MATTHC", "TENTTHC"}), any_case=True),
    Format.INTERFACE: _National(
        published,
        frozenset({"executionMethods", "executionCases", "executionSteps", "categoriesDetails", "procedureProposal"}),
        any_case=False,
    ),
}


def format_of(values: dict[str, Any]) -> Format:
    """The form of a record, by its keys."""
    for name, national in NATIONAL.items():
        keys = (key.upper() for key in values) if national.any_case else values
        if not national.marks.isdisjoint(keys):
            return name
    return Format.COLUMNS


def in_columns(row: Row, wanted: Format = Format.AUTO) -> Row:
    """The row by the portal's columns, whatever form it has; what no column takes is named in `unread`."""
    if row.problems:
        return row
    found = format_of(row.values) if wanted is Format.AUTO else wanted
    if found is Format.COLUMNS:
        return row
    national = NATIONAL[found]
    node = root(row.values, any_case=national.any_case)
    values = national.columns(node)
    node.leave()
    problems = tuple(Problem(row.line, path, reason) for path, reason in dict.fromkeys(node.walk.problems))
    return Row(row.line, values, problems, national.module.PLACES, frozenset(node.walk.unread))
