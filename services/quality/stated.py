"""What the records of levels ask of services, and which units state none, for all procedures at once."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from core.page_cache import per_version, today
from services.completeness import Requirement
from services.maturity import OnlineExtent
from services.models import MaturityRecord
from services.models.maturity import Capability

FLAGS = tuple(flag.value for flag in Capability)
COLUMNS = ("procedure_id", "unit_id", "date", "pk", "level", "extent", *FLAGS)


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
    """By procedure; those without any valid record by today are left out."""
    latest: dict[int, dict[int | None, tuple]] = defaultdict(dict)
    rows = MaturityRecord.objects.valid().filter(date__lte=today()).order_by()
    for row in rows.values_list(*COLUMNS).iterator(chunk_size=5000):
        held = latest[row[0]].get(row[1])
        if held is None or row[2:4] > held[2:4]:
            latest[row[0]][row[1]] = row
    return {procedure: _stated(records) for procedure, records in latest.items()}


def _stated(records: Mapping[int | None, tuple]) -> Stated:
    """As `Requirement.highest`, but one is made of the highest record alone: there may be many thousands."""
    _procedure, _unit, _date, _pk, level, extent, *flags = max(records.values(), key=_asks_for)
    given = frozenset(name for name, is_given in zip(FLAGS, flags, strict=True) if is_given)
    units = frozenset(unit for unit in records if unit is not None)
    return Stated(Requirement.of(level, extent, given), units, None in records)


def _asks_for(record: tuple) -> tuple[int, bool]:
    level, extent = record[4:6]
    return (level or 1, extent == OnlineExtent.FULL)
