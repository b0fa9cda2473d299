"""What is wrong with a file or a row, in words, with the place where it stands."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One reason why a row (or the rest of a file) is not taken. `line` counts from 1; `column` may be empty."""

    line: int
    column: str
    reason: str


class UnreadableFile(Exception):
    """Nothing of the file can be read; the message says why."""


class UnreadableRest(Exception):
    """The file can be read up to here and no further; the message says why."""
