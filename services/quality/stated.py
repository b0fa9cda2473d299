"""What the records of levels ask of services, and which units state none, for all procedures at once."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress

from core.page_cache import per_version, today
from services.completeness import Requirement
from services.level_book import STATES, level_book
from services.maturity import OnlineExtent
from services.models import MaturityRecord
from services.models.maturity import Capability

FLAGS = tuple(flag.value for flag in Capability)
#: records whose flags are read at once
BATCH = 2000

#: state (its place among STATES), day and id of a record
RecordOn = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Stated:
    """What holds today for one procedure: the highest that a record asks for, and for whom there are records."""

    need: Requirement
    units: frozenset[int]
    for_all_units: bool

    def unstated(self, executing: Collection[int]) -> list[int]:
        """Executing units that have no record, neither their own nor one for all."""
        return [] if self.for_all_units else [unit for unit in executing if unit not in self.units]


NOTHING = Stated(Requirement(), frozenset(), False)


@per_version
def stated_levels() -> Mapping[int, Stated]:
    """By procedure; those without any valid record by today are left out. See `Requirement.highest`."""
    latest = {procedure: history.records_on(today()) for procedure, history in level_book().histories.items()}
    highest = {procedure: max(records.values(), key=_asks_for) for procedure, records in latest.items() if records}
    flags = _flags([pk for _state, _day, pk in highest.values()])
    return {procedure: _stated(latest[procedure], asked, flags) for procedure, asked in highest.items()}


def _asks_for(record: RecordOn) -> tuple[int, bool]:
    state = STATES[record[0]]
    return (state.level or 1, state.extent == OnlineExtent.FULL)


def _flags(records: Sequence[int]) -> Mapping[int, frozenset[str]]:
    """The flags that are set, by the id of the record."""
    found = {}
    for start in range(0, len(records), BATCH):
        asked = MaturityRecord.objects.filter(pk__in=records[start : start + BATCH]).order_by()
        for pk, *given in asked.values_list("pk", *FLAGS):
            found[pk] = frozenset(compress(FLAGS, given))
    return found


def _stated(latest: Mapping[int | None, RecordOn], asked: RecordOn, flags: Mapping[int, frozenset[str]]) -> Stated:
    state, pk = STATES[asked[0]], asked[2]
    units = frozenset(unit for unit in latest if unit is not None)
    return Stated(Requirement.of(state.level, state.extent, flags[pk]), units, None in latest)
