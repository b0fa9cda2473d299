"""All valid maturity records in a compact form, and what they say on any day.

Records are added and annulled, never changed, so a stamp tells whether the book is still the present one. A day is
looked up without the database, whichever day it is: 17 bytes a record are held, and what holds on the days that were
looked up last, one byte a service and executing unit.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache, partial
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db.models import Count, Max, Sum

from core.page_cache import per_stamp, per_version
from departments.models import Department
from services.maturity import OnlineExtent, State, deciding, joint
from services.models.maturity import MaturityRecord
from services.models.procedures import Procedure

_EXTENTS = (None, *(extent.value for extent in OnlineExtent))
#: every state that there can be; a record's is kept as its place in here, one byte
STATES = tuple(
    State(level or None, extent, paid) for level in range(5) for extent in _EXTENTS for paid in (False, True)
)
_PLACES = {(state.level, state.extent, state.payment): place for place, state in enumerate(STATES)}
#: key of the records for all units
ALL = 0


#: place → level, 0: undetermined
_LEVELS = bytes(state.level or 0 for state in STATES).ljust(256, b"\0")
#: place of the state of what has no record
NOTHING = _PLACES[None, None, False]
#: days that a book remembers
DAYS_KEPT = 16


@lru_cache(maxsize=4096)
def _joint(places: frozenset[int]) -> int:
    found = joint([STATES[place] for place in places])
    return _PLACES[found.level, found.extent, found.payment]


class History:
    """Records of one procedure by date: days, units (0: all units), states and ids, each at the same place."""

    __slots__ = ("days", "ids", "states", "units")

    def __init__(self, rows: Iterable[tuple[date, int | None, int, str | None, bool, int]]) -> None:
        self.days, self.units, self.ids = array("I"), array("I"), array("Q")
        states = bytearray()
        for day, unit, level, extent, payment, pk in rows:
            self.days.append(day.toordinal())
            self.units.append(unit or ALL)
            self.ids.append(pk)
            states.append(_PLACES[level, extent or None, payment])
        self.states = bytes(states)

    def states_on(self, day: date) -> dict[int | None, int]:
        """Place among all states of that of each unit, and for all units under None, by the latest record of a day."""
        return self._latest(day, self.states)

    def records_on(self, day: date) -> dict[int | None, tuple[int, int, int]]:
        """State (its place among all), day and id of the latest record of each unit, and for all units under None."""
        return self._latest(day, zip(self.states, self.days, self.ids, strict=True))

    def _latest(self, day: date, values: Iterable[Any]) -> dict[int | None, Any]:
        end = bisect_right(self.days, day.toordinal())
        held: dict[int | None, Any] = dict(zip(self.units[:end], values, strict=False))
        if ALL in held:
            held[None] = held.pop(ALL)
        return held

    def changed(self, since: date, until: date, units: Collection[int]) -> bool:
        """True where a record for all units, or for one of `units` (none named: any), is dated within both days."""
        start, end = bisect_left(self.days, since.toordinal()), bisect_right(self.days, until.toordinal())
        if not units:
            return end > start
        return any(unit == ALL or unit in units for unit in self.units[start:end])


NO_HISTORY = History(())


def _records_stamp() -> Hashable:
    """Records are added and annulled, never changed."""
    records = MaturityRecord.objects.order_by()
    return records.count(), records.aggregate(Max("pk")), records.filter(annulled_at__isnull=False).count()


@per_version
def _links_stamp() -> Hashable:
    """Links are added and removed, never changed, and their ids never come again."""
    links = Procedure.units.through.objects
    return tuple(links.aggregate(Count("pk"), Max("pk"), Sum("pk")).values())


class Day:
    """Places among all states of what holds on a day."""

    def __init__(self, histories: Mapping[int, History], executing: Mapping[int, tuple[int, ...]], day: date) -> None:
        self._histories, self._day = histories, day
        self.executing = executing

    @cached_property
    def services(self) -> dict[int, int]:
        """By procedure, where there is a record."""
        day = self._day
        return {pk: _joint(frozenset(deciding(history.states_on(day)))) for pk, history in self._histories.items()}

    @cached_property
    def units(self) -> dict[int, bytes]:
        """By procedure where there is a record: of each executing unit, in their order."""
        return {pk: bytes(self._of_units(pk, history)) for pk, history in self._histories.items()}

    def _of_units(self, procedure: int, history: History) -> Iterator[int]:
        """As `deciding` has it of one unit: its own record, else that for all units."""
        latest = history.states_on(self._day)
        for_all = latest.get(None, NOTHING)
        return (latest.get(unit, for_all) for unit in self.executing.get(procedure, ()))


class Book:
    """Histories by procedure, without the records of units that do not execute it, and the days looked up last.

    Nothing in it refers back to it, so that an old one goes at once, not when garbage is looked for.
    """

    def __init__(self, histories: Mapping[int, History], executing: Mapping[int, tuple[int, ...]]) -> None:
        self.histories = histories
        self.on = lru_cache(maxsize=DAYS_KEPT)(partial(Day, histories, executing))


@per_stamp(lambda: (_records_stamp(), _links_stamp()))
def level_book() -> Book:
    columns = ("procedure_id", "date", "unit_id", "level", "extent", "online_payment", "pk")
    rows = MaturityRecord.objects.valid().order_by("procedure_id", "date", "pk").values_list(*columns)
    grouped = groupby(rows.iterator(chunk_size=5000), key=itemgetter(0))
    executing = executing_units()
    return Book({pk: _history(own, executing.get(pk, ())) for pk, own in grouped}, executing)


def _history(rows: Iterable[tuple[Any, ...]], executing: Collection[int]) -> History:
    return History(row[1:] for row in rows if row[2] is None or row[2] in executing)


@per_stamp(_links_stamp)
def executing_units() -> Mapping[int, tuple[int, ...]]:
    """Ids of the units that execute each procedure; procedures that the same ones execute share a tuple."""
    links = Procedure.units.through.objects.order_by("procedure_id", "pk").values_list("procedure_id", "department_id")
    shared: dict[tuple[int, ...], tuple[int, ...]] = {}
    found = {}
    for procedure, own in groupby(links.iterator(chunk_size=5000), key=itemgetter(0)):
        units = tuple(unit for _procedure, unit in own)
        found[procedure] = shared.setdefault(units, units)
    return found


@per_version
def unit_slugs() -> Mapping[int, str]:
    return dict(Department.objects.values_list("pk", "slug"))


@per_version
def unit_ids() -> Mapping[str, int]:
    return {slug: pk for pk, slug in unit_slugs().items()}


@dataclass(frozen=True)
class LevelsOn:
    """What the book says on a day."""

    day: date

    @cached_property
    def _book(self) -> Book:
        return level_book()

    @cached_property
    def _held(self) -> Day:
        return self._book.on(self.day)

    def _history(self, procedure: int) -> History:
        return self._book.histories.get(procedure, NO_HISTORY)

    def of_service(self, procedure: int) -> State:
        return STATES[self._held.services.get(procedure, NOTHING)]

    def of_units(self, procedure: int) -> Iterator[tuple[int, State]]:
        """State of each executing unit."""
        units = self._held.executing.get(procedure, ())
        places = self._held.units.get(procedure) or bytes([NOTHING]) * len(units)
        return zip(units, map(STATES.__getitem__, places), strict=True)

    def by_unit(self, procedures: Iterable[int]) -> dict[int, Counter[int]]:
        """How many of some procedures each executing unit has at each level (0: undetermined)."""
        alike: dict[tuple[int, ...], list[bytes]] = defaultdict(list)
        for procedure in procedures:
            if units := self._held.executing.get(procedure, ()):
                alike[units].append(self._held.units.get(procedure) or bytes([NOTHING]) * len(units))
        found: dict[int, Counter[int]] = defaultdict(Counter)
        for units, places in alike.items():
            row = b"".join(places).translate(_LEVELS)
            for position, unit in enumerate(units):
                own = row[position :: len(units)]
                found[unit].update({level: count for level in range(5) if (count := own.count(level))})
        return found

    def joint_of(self, procedure: int, units: Collection[int]) -> State:
        """What holds with all of some units that execute it: the lowest of theirs where they differ."""
        places, executing = self._held.units.get(procedure), self._held.executing.get(procedure, ())
        if not places:
            return STATES[NOTHING]
        return STATES[_joint(frozenset([places[executing.index(unit)] for unit in units if unit in executing]))]

    def deciding_record(self, procedure: int, units: Collection[int] = ()) -> int | None:
        """Id of the record from which the level of the service, or of some units, comes.

        Of several, the latest of those with the lowest level; None where nothing is recorded by the day.
        """
        latest = self._history(procedure).records_on(self.day)
        found = {record for unit in units or (None,) for record in deciding(latest, unit)}
        lowest = min(found, key=lambda record: (STATES[record[0]].level or 9, -record[1], -record[2]), default=None)
        return lowest[2] if lowest else None

    def changed_since(self, procedure: int, since: date, units: Collection[int] = ()) -> bool:
        """True where a record dated from `since` to the day is for all units or for one of `units` (none: any)."""
        return self._history(procedure).changed(since, self.day, units)
