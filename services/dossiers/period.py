"""Whole months: what dossier figures are counted by. Pure."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Self

_WRITTEN = (
    re.compile(r"(?P<month>\d{1,2})[/.-](?P<year>\d{4})"),
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})"),
    # what spreadsheets make of a month
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})-01"),
    re.compile(r"0?1/(?P<month>\d{1,2})/(?P<year>\d{4})"),
)


def first_of(day: date) -> date:
    return day.replace(day=1)


def last_of(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def read_month(text: str) -> date | None:
    """The first day of a month written as 03/2019, 2019-03 or as its first day; None where it is none."""
    for pattern in _WRITTEN:
        if (found := pattern.fullmatch(text.strip())) and found["year"].isascii() and found["month"].isascii():
            year, month = int(found["year"]), int(found["month"])
            return date(year, month, 1) if 1 <= month <= 12 and year >= 1900 else None
    return None


@dataclass(frozen=True, slots=True)
class Period:
    """Months from `first` to `last`, both counted, each given by its first day. ValueError where it ends early."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.first.day != 1 or self.last.day != 1 or self.last < self.first:
            raise ValueError("A period runs from a month to the same or a later one.")

    @classmethod
    def year_to(cls, day: date) -> Self:
        """From January to the month of a day."""
        return cls(day.replace(month=1, day=1), first_of(day))

    @property
    def until(self) -> date:
        """Its last day."""
        return last_of(self.last)

    @property
    def months(self) -> list[date]:
        count = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1
        ordinals = (self.first.year * 12 + self.first.month - 1 + number for number in range(count))
        return [date(ordinal // 12, ordinal % 12 + 1, 1) for ordinal in ordinals]

    def __str__(self) -> str:
        if self.first == self.last:
            return f"{self.first:%m/%Y}"
        return f"{self.first:%m/%Y}–{self.last:%m/%Y}"
