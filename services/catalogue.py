"""The catalogue as readers see it on a day: one read model for lists, downloads, API, facets and rates.

Held in memory for a public version and day (core.page_cache.per_version); levels come from `services.level_book`, so
no figure can disagree with another.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from wagtail.models import Locale

from core.facets import FacetedList
from core.page_cache import per_version, per_version_few, today
from core.text import fold
from services.level_book import LevelsOn, executing_units, unit_ids, unit_slugs
from services.maturity import MaturityLevel, State
from services.models.pages import ServicePage
from services.models.procedures import Procedure

UNKNOWN = "unknown"
#: days other than today, and choices of units, whose catalogues a worker remembers
RESULTS_KEPT = 8


class CatalogueItem(NamedTuple):
    """One live service of one language; a tuple, since a dashboard makes many thousands of them."""

    page_id: int
    procedure_id: int
    code: str
    title: str
    slug: str
    field: str
    units: tuple[str, ...]
    in_force: bool
    state: State
    #: facets that no day changes
    fixed: Mapping[str, tuple[str, ...]]
    levels: LevelsOn
    #: ids of the units whose state it is; empty: the service's
    asked: tuple[int, ...] = ()

    @property
    def facets(self) -> dict[str, tuple[str, ...]]:
        return {**self.fixed, **_state_facets(self.state)}

    @property
    def counts(self) -> bool:
        """True where the rate counts it: in force, and at least one unit of this portal executes it."""
        return self.in_force and bool(self.units)

    @property
    def sort_key(self) -> tuple[str, int]:
        return (self.slug, self.page_id)

    def unit_states(self) -> dict[str, State]:
        """State of each executing unit, by slug."""
        slugs = unit_slugs()
        states = self.levels.of_units(self.procedure_id)
        return {slugs[unit]: state for unit, state in states if unit in slugs}

    def for_units(self, chosen: Collection[str]) -> "CatalogueItem":
        """The item with the state of the chosen units: the lowest of theirs where they differ."""
        ids = unit_ids()
        asked = tuple([ids[unit] for unit in chosen if unit in self.units])
        if not asked:
            return self
        return self._replace(state=self.levels.joint_of(self.procedure_id, asked), asked=asked)

    def changed_since(self, day: date) -> bool:
        """True where a record from `day` to the day of the catalogue is for all units or one whose state it is."""
        return self.levels.changed_since(self.procedure_id, day, self.asked)

    @property
    def deciding_record(self) -> int | None:
        """Id of the record from which the level comes; None where nothing is recorded by the day."""
        return self.levels.deciding_record(self.procedure_id, self.asked)


@lru_cache(maxsize=256)
def _state_facets(state: State) -> dict[str, tuple[str, ...]]:
    return {
        "level": (str(state.level) if state.level else UNKNOWN,),
        "extent": (state.extent,) if state.extent else (),
        "payment": ("1",) if state.payment else ("0",),
    }


def catalogue(locale_id: int, on: date | None = None, units: tuple[str, ...] = ()) -> FacetedList[CatalogueItem]:
    """The readable services of a language whose procedures are in force on a day (default: today), by name.

    Levels are as of that day; with `units` those of the units, the lowest where they differ. Which services there are,
    and who executes them, is as of now.
    """
    day = None if on == today() else on
    return _of_units(locale_id, day, units) if units else _of_day(locale_id, day)


def counted_catalogue(on: date | None = None) -> FacetedList[CatalogueItem]:
    """The catalogue in the portal's own language: what rates count, whatever language a reader has chosen."""
    return catalogue(own_locale(), on)


@per_version_few(RESULTS_KEPT)
def _of_units(locale_id: int, on: date | None, units: tuple[str, ...]) -> FacetedList[CatalogueItem]:
    return FacetedList(item.for_units(units) for item in _of_day(locale_id, on))


def _of_day(locale_id: int, on: date | None) -> FacetedList[CatalogueItem]:
    return _of_today(locale_id) if on is None else _of_other_day(locale_id, on)


@per_version
def _of_today(locale_id: int) -> FacetedList[CatalogueItem]:
    return FacetedList(item for item in all_items(locale_id) if item.in_force)


@per_version_few(RESULTS_KEPT)
def _of_other_day(locale_id: int, on: date) -> FacetedList[CatalogueItem]:
    return FacetedList(item for item in _items(locale_id, on) if item.in_force)


@per_version
def all_items(locale_id: int) -> tuple[CatalogueItem, ...]:
    """Every readable service today, those too whose procedure is not in force, by name."""
    return tuple(_items(locale_id, today()))


def _items(locale_id: int, day: date) -> Iterator[CatalogueItem]:
    levels = LevelsOn(day)
    for fact in facts(locale_id):
        state, in_force = levels.of_service(fact.procedure_id), fact.is_in_force(day)
        yield CatalogueItem(*fact[:6], fact.units, in_force, state, fact.facets, levels)


class Fact(NamedTuple):
    """What of a readable service no day changes."""

    page_id: int
    procedure_id: int
    code: str
    title: str
    slug: str
    field: str
    begin: date | None
    end: date | None
    facets: dict[str, tuple[str, ...]]

    @property
    def units(self) -> tuple[str, ...]:
        return self.facets["unit"]

    def is_in_force(self, day: date) -> bool:
        return (self.begin is None or self.begin <= day) and (self.end is None or self.end >= day)

    def counts_on(self, day: date) -> bool:
        """As `CatalogueItem.counts`."""
        return bool(self.units) and self.is_in_force(day)


@per_version
def facts(locale_id: int) -> list[Fact]:
    columns = ("pk", "procedure_id", "procedure__code", "title", "slug", "procedure__field__slug")
    validity = ("procedure__in_force_from", "procedure__in_force_until")
    tiers = tuple(f"procedure__at_{tier}" for tier in ("ministry", "province", "district", "commune"))
    rows = ServicePage.objects.readable(locale_id).values_list(*columns, *validity, *tiers)
    units = _executing_slugs()
    audiences = _values(Procedure.audiences.through, "audience__group")
    events = _values(Procedure.events.through, "lifeevent__slug")
    found = []
    for *own, begin, end, ministry, province, district, commune in rows:
        _pk, procedure, _code, _title, _slug, field = own
        facets = {
            "field": (field,),
            "unit": units.get(procedure, ()),
            "audience": tuple(sorted(set(audiences.get(procedure, ())))),
            "event": events.get(procedure, ()),
            "government": _tiers(ministry, province, district, commune),
        }
        found.append(Fact(*own, begin, end, facets))
    return sorted(found, key=lambda fact: (fact.slug, fact.page_id))


@per_version
def _executing_slugs() -> Mapping[int, tuple[str, ...]]:
    """Slugs of the units that execute each procedure; procedures that the same ones execute share a tuple."""
    slugs, named = unit_slugs(), {}  # a unit that was added meanwhile is told of by the next public version
    found = {}
    for procedure, units in executing_units().items():
        if units not in named:
            named[units] = tuple(slugs[unit] for unit in units if unit in slugs)
        found[procedure] = named[units]
    return found


@per_version
def own_locale() -> int:
    """Id of the portal's own language."""
    return Locale.get_default().pk


@lru_cache(maxsize=16)
def _tiers(*carried: bool) -> tuple[str, ...]:
    names = ("ministry", "province", "district", "commune")
    return tuple(name for name, carries in zip(names, carried, strict=True) if carries)


def _values(through: Any, column: str) -> dict[int, tuple[str, ...]]:
    found: dict[int, list[str]] = defaultdict(list)
    for procedure, value in through.objects.values_list("procedure_id", column):
        found[procedure].append(value)
    return {procedure: tuple(values) for procedure, values in found.items()}


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
    return {item.page_id: item for item in all_items(locale_id)}


def is_online(state: State) -> bool:
    """True at level 3 or 4, where one can apply online (NĐ 43/2011 Điều 3)."""
    return (state.level or 0) >= MaturityLevel.ONLINE_SUBMISSION
