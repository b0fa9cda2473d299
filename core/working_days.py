"""Working days (ngày làm việc): counting them, and the day on which a limit ends.

A day is worked if it is a weekday and no holiday, or if it was exchanged for one (ngày làm bù). Limits in days leave
out the day of the event and count from the next one (Bộ luật Dân sự 2015, Điều 147 khoản 2); a limit ends with the end
of its last working day (Điều 148 khoản 5, 6). Holidays are given as arguments: nothing here knows a country.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

ONE_DAY = timedelta(days=1)
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Holidays:
    """What the state sets for a year: days off, and weekend days worked in exchange."""

    off: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()


def no_holidays(_year: int) -> Holidays:
    return Holidays()


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """The working days of an office: the holidays of each year, and what the office has changed in them.

    `off` counts before `worked`, and both before the holidays and weekends, which they correct.
    """

    holidays: Callable[[int], Holidays] = no_holidays
    off: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()

    def is_working(self, day: date) -> bool:
        if day in self.off:
            return False
        if day in self.worked:
            return True
        state = self.holidays(day.year)
        return day in state.worked or (day.weekday() < SATURDAY and day not in state.off)

    def first_from(self, day: date) -> date:
        """The day itself if it is worked, otherwise the next working day."""
        while not self.is_working(day):
            day += ONE_DAY
        return day

    def after(self, day: date, number: int) -> date:
        """The last day of a limit of `number` working days that begins with an event on `day`.

        The day of the event is not counted, even where it is a working day. A limit of 0 ends on the day itself, or on
        the next working day. ValueError for a negative number.
        """
        if number < 0:
            raise ValueError("A limit has no negative number of days.")
        if number == 0:
            return self.first_from(day)
        for _counted in range(number):
            day = self.first_from(day + ONE_DAY)
        return day

    def received_on(self, moment: datetime, closes_at: time) -> date:
        """The working day on which something that comes at `moment`, local time, can be worked on.

        What comes after the office has closed, or on a day off, is there on the next working day.
        """
        if moment.time() > closes_at:
            return self.first_from(moment.date() + ONE_DAY)
        return self.first_from(moment.date())

    def between(self, start: date, end: date) -> int:
        """Number of working days after `start` up to and including `end`; negative where `end` lies before."""
        if end < start:
            return -self.between(end, start)
        days = (start + timedelta(days=number) for number in range(1, (end - start).days + 1))
        return sum(map(self.is_working, days))

    def left(self, due_on: date, today: date) -> int:
        """Working days until the end of a limit: 0 on its last day, negative once it has passed.

        -1 holds from the end of the last day until the end of the working day after it: on the days off between, too.
        """
        if today <= due_on:
            return self.between(today, due_on)
        return -self.between(due_on, self.first_from(today))
