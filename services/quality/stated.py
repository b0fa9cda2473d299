"""What the records of levels ask of services, and which units state none, for all procedures at once."""

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
    latest: dict[int, dict[int | None, tuple]] = {}
    rows = MaturityRecord.objects.valid().filter(date__lte=today()).order_by()
    for procedure, unit, *record in rows.values_list(*COLUMNS).iterator(chunk_size=5000):
        held = latest.setdefault(procedure, {}).get(unit)
        if held is None or tuple(record[:2]) > held[:2]:
            latest[procedure][unit] = tuple(record)
    return {procedure: _stated(records) for procedure, records in latest.items()}


def _stated(records: Mapping[int | None, tuple]) -> Stated:
    needs = []
    for _date, _pk, level, extent, *flags in records.values():
        given = frozenset(name for name, is_given in zip(FLAGS, flags, strict=True) if is_given)
        needs.append(Requirement.of(level, OnlineExtent(extent) if extent else None, given))
    return Stated(Requirement.highest(needs), frozenset(unit for unit in records if unit), None in records)
