"""Maturity of an online public service (mức độ dịch vụ công trực tuyến): two scales, and what is true on a date.

The levels 1-4 are those of Nghị định 43/2011/NĐ-CP, Điều 3; the extents (toàn trình, một phần, cung cấp thông tin)
those of Nghị định 42/2022/NĐ-CP, Điều 11. No act converts one into the other, so both are kept, and what follows from
one for the other is proposed to an editor, never derived silently.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum
from typing import Protocol, TypeVar


class MaturityLevel(IntEnum):
    """What a citizen can do online, each level with all that the lower ones offer (NĐ 43/2011, Điều 3)."""

    INFORMATION = 1
    FORMS = 2
    ONLINE_SUBMISSION = 3
    ONLINE_PAYMENT_AND_RESULT = 4


class OnlineExtent(StrEnum):
    """How much of a service is online (NĐ 42/2022, Điều 11)."""

    FULL = "full"
    PARTIAL = "partial"
    INFORMATION = "information"


# From the least online to the most.
EXTENT_ORDER = (OnlineExtent.INFORMATION, OnlineExtent.PARTIAL, OnlineExtent.FULL)


class Capability(StrEnum):
    """What a unit offers for a procedure: the flags that explain its level."""

    INFORMATION = "information"
    FORMS = "forms"
    ONLINE_SUBMISSION = "online_submission"
    ONLINE_PAYMENT = "online_payment"
    ONLINE_RESULT = "online_result"
    POSTAL_RESULT = "postal_result"
    PRESENCE_REQUIRED = "presence_required"


class WarningCode(StrEnum):
    """Why flags, level and extent do not fit together."""

    CAPABILITY_MISSING = "capability_missing"
    RESULT_RETURN_MISSING = "result_return_missing"
    LEVEL_UNDERSTATED = "level_understated"
    EXTENT_OVERSTATED = "extent_overstated"
    EXTENT_UNDERSTATED = "extent_understated"
    SCALES_DISAGREE = "scales_disagree"


@dataclass(frozen=True)
class MaturityWarning:
    """One disagreement; `capability` names the missing one where it is one."""

    code: WarningCode
    capability: Capability | None = None


_NEEDED = {
    MaturityLevel.INFORMATION: Capability.INFORMATION,
    MaturityLevel.FORMS: Capability.FORMS,
    MaturityLevel.ONLINE_SUBMISSION: Capability.ONLINE_SUBMISSION,
    MaturityLevel.ONLINE_PAYMENT_AND_RESULT: Capability.ONLINE_PAYMENT,
}


def _capabilities(flags: Collection[str], has_fee: bool) -> set[Capability]:
    """The flags as capabilities; what costs nothing needs no payment, so it counts as payable online."""
    offered = {Capability(flag) for flag in flags}
    return offered if has_fee else offered | {Capability.ONLINE_PAYMENT}


def _result_comes_back(offered: set[Capability]) -> bool:
    return not offered.isdisjoint({Capability.ONLINE_RESULT, Capability.POSTAL_RESULT})


def _lacks(level: MaturityLevel, offered: set[Capability]) -> Iterator[MaturityWarning]:
    for step, capability in _NEEDED.items():
        if step <= level and capability not in offered:
            yield MaturityWarning(WarningCode.CAPABILITY_MISSING, capability)
    if level is MaturityLevel.ONLINE_PAYMENT_AND_RESULT and not _result_comes_back(offered):
        yield MaturityWarning(WarningCode.RESULT_RETURN_MISSING)


def level_reached(flags: Collection[str], *, has_fee: bool = True) -> MaturityLevel | None:
    """The highest level all of whose needs, and those of the lower ones, are met; None where level 1 is not."""
    offered = _capabilities(flags, has_fee)
    reached = [level for level in MaturityLevel if not any(_lacks(level, offered))]
    return max(reached, default=None)


def extent_reached(flags: Collection[str], *, has_fee: bool = True) -> OnlineExtent:
    """The extent that the flags amount to (NĐ 42/2022, Điều 11).

    Full: filed, paid for and settled online, the result online or by post, nobody has to appear. Partial: filed online
    all the same. Else information only.
    """
    offered = _capabilities(flags, has_fee)
    if Capability.ONLINE_SUBMISSION not in offered:
        return OnlineExtent.INFORMATION
    is_full = (
        Capability.PRESENCE_REQUIRED not in offered
        and Capability.ONLINE_PAYMENT in offered
        and _result_comes_back(offered)
    )
    return OnlineExtent.FULL if is_full else OnlineExtent.PARTIAL


def proposed_extent(level: int | None, flags: Collection[str] = (), *, has_fee: bool = True) -> OnlineExtent | None:
    """The extent to propose to an editor, who confirms it.

    From the flags where there are any, for they are what the decree asks about; else what practice makes of the level:
    4 full, 3 partial, 1 and 2 information. None where neither is known.
    """
    if flags:
        return extent_reached(flags, has_fee=has_fee)
    if level is None:
        return None
    return EXTENT_ORDER[max(MaturityLevel(level) - 2, 0)]


def warnings(
    level: int | None, extent: str | None, flags: Collection[str], *, has_fee: bool = True
) -> list[MaturityWarning]:
    """Where level, extent and flags disagree.

    No flags at all means that nobody recorded any: then only the two scales are compared. Raises ValueError for a
    level, extent or flag that does not exist.
    """
    found: list[MaturityWarning] = []
    known_level = None if level is None else MaturityLevel(level)
    known_extent = None if extent is None else OnlineExtent(extent)
    if known_level and known_extent:
        is_online = known_level >= MaturityLevel.ONLINE_SUBMISSION
        if is_online == (known_extent is OnlineExtent.INFORMATION):
            found.append(MaturityWarning(WarningCode.SCALES_DISAGREE))
    if not flags:
        return found
    if known_level:
        found += _lacks(known_level, _capabilities(flags, has_fee))
        reached = level_reached(flags, has_fee=has_fee)
        if reached and reached > known_level:
            found.append(MaturityWarning(WarningCode.LEVEL_UNDERSTATED))
    if known_extent:
        claimed = EXTENT_ORDER.index(known_extent)
        offered = EXTENT_ORDER.index(extent_reached(flags, has_fee=has_fee))
        if claimed != offered:
            overstated = claimed > offered
            code = WarningCode.EXTENT_OVERSTATED if overstated else WarningCode.EXTENT_UNDERSTATED
            found.append(MaturityWarning(code))
    return found


class DatedLevel(Protocol):
    """A record of maturity: of one executing unit, or of all where `unit_id` is None, from its date on."""

    @property
    def id(self) -> int: ...
    @property
    def unit_id(self) -> int | None: ...
    @property
    def date(self) -> date: ...
    @property
    def level(self) -> int | None: ...
    @property
    def extent(self) -> str | None: ...
    @property
    def online_payment(self) -> bool: ...


Record = TypeVar("Record", bound=DatedLevel)
Held = TypeVar("Held")


def current_records(records: Iterable[Record], on: date) -> dict[int | None, Record]:
    """The latest record of each unit, and for all units under None, by a date."""
    latest: dict[int | None, Record] = {}
    for record in records:
        held = latest.get(record.unit_id)
        if record.date <= on and (held is None or (record.date, record.id) > (held.date, held.id)):
            latest[record.unit_id] = record
    return latest


def deciding(latest: Mapping[int | None, Held], unit: int | None = None) -> list[Held]:
    """Of what is latest for each unit, and for all units under None, that which decides.

    For a unit: its own, else that for all units. For the service (`unit` None): that for all units; where there is
    none, that of every unit. What units hold that no longer execute the procedure is the caller's to leave out.
    """
    if unit is not None and unit in latest:
        return [latest[unit]]
    if None in latest:
        return [latest[None]]
    return list(latest.values()) if unit is None else []


def records_on(records: Iterable[Record], on: date, unit: int | None = None) -> list[Record]:
    """The records that decide on a date what one procedure's level and extent are (see `deciding`).

    Of two on one day the one entered last (greater id) counts. Empty where nothing was recorded by then.
    """
    return deciding(current_records(records, on), unit)


@dataclass(frozen=True, slots=True)
class State:
    """Level, extent and online payment of a service, or of one unit, on a day; None where nothing states it."""

    level: int | None = None
    extent: str | None = None
    payment: bool = False


def joint(states: Collection[State]) -> State:
    """What holds wherever a service is carried out: the lowest level and extent stated, payment if all offer it."""
    levels = [state.level for state in states if state.level is not None]
    extents = [OnlineExtent(state.extent) for state in states if state.extent]
    extent = min(extents, key=EXTENT_ORDER.index, default=None)
    return State(
        level=min(levels, default=None),
        extent=extent.value if extent else None,
        payment=bool(states) and all(state.payment for state in states),
    )


def state_on(records: Iterable[DatedLevel], on: date, unit: int | None = None) -> State:
    """Level, extent and payment of one procedure on a date: of a unit, or of the service."""
    found = records_on(records, on, unit)
    return joint([State(record.level, record.extent, record.online_payment) for record in found])


def level_on(records: Iterable[DatedLevel], on: date, unit: int | None = None) -> MaturityLevel | None:
    """The level on a date: of a unit, or of the service, which is as good as the lowest of its units.

    None is "chưa xác định": no record by then, or only records that state no level.
    """
    level = joint([State(record.level) for record in records_on(records, on, unit)]).level
    return MaturityLevel(level) if level else None


def extent_on(records: Iterable[DatedLevel], on: date, unit: int | None = None) -> OnlineExtent | None:
    """The extent on a date, by the same rule as `level_on` and independently of the level."""
    extent = joint([State(extent=record.extent) for record in records_on(records, on, unit)]).extent
    return OnlineExtent(extent) if extent else None


@dataclass(frozen=True)
class Rate:
    """A share with everything without which it may not be shown.

    `value` and `percent` are None where the denominator is 0: "không phát sinh" (none arose), neither 0% nor 100%.
    Neither is rounded. Raises ValueError where a part is missing or the numerator is not among the denominator.
    """

    numerator: int
    denominator: int
    units: tuple[str, ...]
    date: date
    formula: str
    source: str

    def __post_init__(self) -> None:
        if not 0 <= self.numerator <= self.denominator:
            raise ValueError("The numerator of a rate is counted among its denominator.")
        if not (self.units and self.formula and self.source):
            raise ValueError("A rate names its units, its formula and its source.")

    @property
    def value(self) -> float | None:
        return self.numerator / self.denominator if self.denominator else None

    @property
    def percent(self) -> float | None:
        return 100 * self.numerator / self.denominator if self.denominator else None
