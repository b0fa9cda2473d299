"""The calendar by which deadlines are counted: public holidays of Vietnam with what the office has changed in them."""

from datetime import date, time
from functools import cache

import holidays

from core.working_days import Holidays, WorkingDays
from editorial.models.calendar import DayOff, SwappedDay

#: local time after which something counts as received on the next working day
CLOSES_AT = time(17, 0)


@cache
def public_holidays(year: int) -> Holidays:
    """Days off with pay (Bộ luật Lao động 2019, Điều 112; Tết by the lunar calendar), computed once a process.

    The package also knows which days the Government has exchanged; for years that are not decided yet it estimates.
    """
    country = holidays.country_holidays("VN", years=year)
    return Holidays(off=frozenset(country), worked=frozenset(country.weekend_workdays))


def office_calendar() -> WorkingDays:
    """The working days of the office. Its own entries are read anew: an edit counts at once, in every process."""
    swapped = list(SwappedDay.objects.values_list("worked", "off"))
    off: set[date] = set(DayOff.objects.values_list("day", flat=True))
    return WorkingDays(
        public_holidays,
        off=frozenset(off | {day for _worked, day in swapped}),
        worked=frozenset(worked for worked, _off in swapped),
    )
