"""How many services are at which level on a day, for dashboards, which ask of many days.

From the facts and the book of which the catalogue makes its items, without an item for each service and day.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from itertools import compress

from core.page_cache import per_version_few
from services.catalogue import Fact, facts, own_locale
from services.level_book import LevelsOn

#: in the place of a level: the service does not count on that day
OUT = 255
#: days that a worker remembers
DAYS_KEPT = 16


def countable() -> Sequence[Fact]:
    """The services that rates may count: those readable in the portal's own language."""
    return facts(own_locale())


@per_version_few(DAYS_KEPT)
def _levels_on(day: date) -> bytes:
    """Of each countable service its level, 0 where it is undetermined, or OUT."""
    levels = LevelsOn(day)
    return bytes(
        [
            (levels.of_service(fact.procedure_id).level or 0) if fact.counts_on(day) else OUT
            for fact in countable()
        ]
    )


def counting(day: date, scope: Sequence[bool]) -> list[Fact]:
    """Those of a scope, told by a mark for each countable service, that count on a day."""
    return [fact for fact in compress(countable(), scope) if fact.counts_on(day)]


def counted(day: date, scope: Sequence[bool] | None = None) -> Counter[int]:
    """How many of a scope (None: of all) are at each level on a day, by level."""
    levels = _levels_on(day) if scope is None else bytes(compress(_levels_on(day), scope))
    return Counter({level: count for level in range(5) if (count := levels.count(level))})


def scope_of(belongs: Callable[[Fact], bool]) -> list[bool]:
    return [belongs(fact) for fact in countable()]
