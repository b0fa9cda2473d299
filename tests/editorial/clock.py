"""A clock that stands still until a test sets it."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

#: a Monday with working days around it
MONDAY = (2026, 6, 1, 9)


class Clock:
    """`clock.set(2026, 6, 3, 16, 30)`: from now on it is half past four of that day, local time."""

    def __init__(self) -> None:
        self.set(*MONDAY)

    def set(self, *moment: int) -> None:
        self.now = timezone.make_aware(datetime(*moment))

    def pass_(self, **how_long: float) -> None:
        self.now += timedelta(**how_long)


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """It is Monday, 1 June 2026, nine in the morning."""
    clock = Clock()
    monkeypatch.setattr(timezone, "now", lambda: clock.now)
    return clock
