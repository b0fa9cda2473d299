"""The catalogue as readers see it on a day: one read model for lists, downloads, API, facets and rates.

Held in memory for a public version and day (core.page_cache.per_version); levels come from `services.maturity`, so
no figure can disagree with another.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from wagtail.models import Locale

from core.facets import FacetedList
from core.page_cache import per_version, today
from core.text import fold
from services.maturity import MaturityLevel, extent_on, level_on, records_on
from services.models.maturity import MaturityRecord
from services.models.pages import ServicePage
from services.models.procedures import Procedure

UNKNOWN = "unknown"
#: fields of MaturityRecord that the catalogue reads
RECORD_FIELDS = ("id", "procedure_id", "unit_id", "unit__slug", "date", "level", "extent", "online_payment")


@dataclass(frozen=True, slots=True)
class State:
    """Level, extent and online payment of a service, or of one unit, on the day of the catalogue."""

    level: int | None
    extent: str | None
    payment: bool


@dataclass(frozen=True, slots=True)
class CatalogueItem:
    """One live service of one language."""

    page_id: int
    procedure_id: int
    code: str
    title: str
    slug: str
    field: str
    units: tuple[str, ...]
    in_force: bool
    state: State
    #: units whose own records make their state differ from the service's, by slug
    unit_states: Mapping[str, State]
    facets: Mapping[str, tuple[str, ...]]

    @property
    def counts(self) -> bool:
        """True where the rate counts it: in force, and at least one unit of this portal executes it."""
        return self.in_force and bool(self.units)

    @property
    def sort_key(self) -> tuple[str, int]:
        return (self.slug, self.page_id)

    def for_units(self, chosen: Iterable[str]) -> "CatalogueItem":
        """The item with the state of the chosen units: the lowest of theirs where they differ."""
        states = [self.unit_states.get(unit, self.state) for unit in chosen if unit in self.units]
        if not states or all(state == self.state for state in states):
            return self
        lowest = min(states, key=lambda state: state.level or 0)
        return replace(self, state=lowest, facets={**self.facets, **_state_facets(lowest)})


def _state_facets(state: State) -> dict[str, tuple[str, ...]]:
    return {
        "level": (str(state.level) if state.level else UNKNOWN,),
        "extent": (state.extent,) if state.extent else (),
        "payment": ("1",) if state.payment else (),
    }


@per_version
def catalogue(locale_id: int, on: date | None = None) -> FacetedList[CatalogueItem]:
    """All readable services of a language in the order of their names, with levels as of a day (default: today)."""
    day = on or today()
    units = _values(Procedure.units.through, "department__slug")
    audiences = _values(Procedure.audiences.through, "audience__group")
    events = _values(Procedure.events.through, "lifeevent__slug")
    records = _records()
    items = []
    for pk, title, slug, procedure, code, field, begin, end, *levels in _rows(locale_id):
        own = records.get(procedure, [])
        state = _state(own, day)
        facets = {
            "field": (field,),
            "unit": units.get(procedure, ()),
            "audience": tuple(sorted(set(audiences.get(procedure, ())))),
            "event": events.get(procedure, ()),
            "government": _tiers(levels),
            **_state_facets(state),
        }
        in_force = (begin is None or begin <= day) and (end is None or end >= day)
        unit_states = _unit_states(own, day, state)
        unit_slugs = facets["unit"]
        items.append(
            CatalogueItem(pk, procedure, code, title, slug, field, unit_slugs, in_force, state, unit_states, facets)
        )
    return FacetedList(sorted(items, key=lambda item: item.sort_key))


def counted_catalogue(on: date | None = None) -> FacetedList[CatalogueItem]:
    """The catalogue in the portal's own language: what rates count, whatever language a reader has chosen."""
    return catalogue(_own_locale(), on)


@per_version
def _own_locale() -> int:
    return Locale.get_default().pk


@per_version
def _rows(locale_id: int) -> list[tuple[Any, ...]]:
    """What every day's catalogue is made from: read once, however many days are asked for."""
    columns = ("pk", "title", "slug", "procedure_id", "procedure__code", "procedure__field__slug")
    validity = ("procedure__in_force_from", "procedure__in_force_until")
    tiers = tuple(f"procedure__at_{tier}" for tier in ("ministry", "province", "district", "commune"))
    return list(ServicePage.objects.readable(locale_id).values_list(*columns, *validity, *tiers))


def _tiers(levels: Iterable[bool]) -> tuple[str, ...]:
    names = ("ministry", "province", "district", "commune")
    return tuple(name for name, carried in zip(names, levels, strict=True) if carried)


@per_version
def _values(through: Any, column: str) -> dict[int, tuple[str, ...]]:
    found: dict[int, list[str]] = defaultdict(list)
    for procedure, value in through.objects.values_list("procedure_id", column):
        found[procedure].append(value)
    return {procedure: tuple(values) for procedure, values in found.items()}


@dataclass(frozen=True, slots=True)
class _Record:
    id: int
    procedure_id: int
    unit_id: int | None
    unit: str | None
    date: date
    level: int | None
    extent: str | None
    payment: bool


@per_version
def _records() -> dict[int, list[_Record]]:
    found: dict[int, list[_Record]] = defaultdict(list)
    for row in MaturityRecord.objects.valid().order_by().values_list(*RECORD_FIELDS):
        record = _Record(*row)
        found[record.procedure_id].append(record)
    return found


def _state(records: list[_Record], day: date, unit: int | None = None) -> State:
    if not records:
        return State(None, None, False)
    deciding = records_on(records, day, unit)
    payment = bool(deciding) and all(record.payment for record in deciding)
    level, extent = level_on(records, day, unit), extent_on(records, day, unit)
    return State(int(level) if level else None, str(extent) if extent else None, payment)


def _unit_states(records: list[_Record], day: date, service: State) -> dict[str, State]:
    units = {record.unit_id: record.unit for record in records if record.unit_id is not None}
    states = {slug: _state(records, day, unit) for unit, slug in units.items() if slug}
    return {slug: state for slug, state in states.items() if state != service}


@per_version
def catalogue_words(locale_id: int) -> Mapping[int, str]:
    """Folded words by which the catalogue's own filter finds a service: names, code, keywords, by page id."""
    columns = ("pk", "title", "full_name", "keywords", "procedure__code")
    rows = ServicePage.objects.readable(locale_id).values_list(*columns)
    return {pk: fold(" ".join(texts)) for pk, *texts in rows}


@per_version
def item_of(page_id: int, locale_id: int) -> CatalogueItem | None:
    """The catalogue's item of one page; None where readers do not see it."""
    return _by_page(locale_id).get(page_id)


@per_version
def _by_page(locale_id: int) -> Mapping[int, CatalogueItem]:
    return {item.page_id: item for item in catalogue(locale_id)}


def is_online(state: State) -> bool:
    """True at level 3 or 4, where one can apply online (NĐ 43/2011 Điều 3)."""
    return (state.level or 0) >= MaturityLevel.ONLINE_SUBMISSION
