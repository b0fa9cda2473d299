"""What the ranker is told of the entries that an engine fetched: read from the table, the same for every engine."""

import datetime
from collections import Counter
from collections.abc import Collection, Container, Iterable, Sequence

from core.languages import language_of
from core.page_cache import per_version_each, today
from core.restrictions import restricted_paths
from search.bodies import bodies
from search.kinds import Known, all_kinds, kind_named, live_facets
from search.models import HitCount, SearchEntry, SearchIdentifier
from search.phrases import read_stored, stored
from search.question import Question
from search.ranking import Candidate

# Entries that are remembered, some 1.5 kB each.
KEPT = 40_000
# A page that fades counts half after so many days.
HALF_LIFE = 365
COLUMNS = ("page__path", "pk", "kind", "title", "keywords", "names", "text_length", "date", "prior", "facets")
# Choices of a result are believed once there are more than so many.
FEW_CHOICES = 10


def known_entries(ids: Iterable[int], locale_id: int) -> dict[int, Known]:
    """By page, those of these entries that everybody may read: of live pages, of kinds that are registered."""
    listed = list(ids)
    return {page_id: known for page_id, known in zip(listed, _known(listed, locale_id), strict=True) if known}


@per_version_each(lambda page_id: page_id, size=KEPT)
def _known(ids: Sequence[int], locale_id: int) -> Iterable[Known | None]:
    restricted, live = restricted_paths(), live_facets(locale_id)
    names = [kind.name for kind in all_kinds()]
    entries = SearchEntry.objects.filter(pk__in=ids, locale_id=locale_id, kind__in=names, page__live=True)
    rows: dict[int, Known] = {}
    for path, pk, kind, title, keywords, analysed, length, day, prior, facets in entries.values_list(*COLUMNS):
        if not (restricted and path.startswith(restricted)):
            phrases = read_stored(analysed or stored(title, keywords, language_of(locale_id)))
            values = {**facets, **live.get(pk, {}), "kind": (kind,)}
            rows[pk] = Known(pk, locale_id, kind, title, phrases, length, day, _prior(kind, prior, day), values)
    return [rows.get(page_id) for page_id in ids]


def _prior(kind: str, prior: float, day: datetime.date | None) -> float:
    if not kind_named(kind).fades:
        return prior
    return HALF_LIFE / (HALF_LIFE + max(0, (today() - day).days)) if day else 0.0


def candidates(question: Question, exact: frozenset[int], ids: Iterable[int], locale_id: int) -> list[Candidate]:
    """The readable ones of these entries, as the ranker takes them."""
    known = known_entries(exact.union(ids), locale_id)
    terms = dict.fromkeys(term for one in question.readings for term in (*one.informative, *one.pairs))
    texts = bodies(tuple(terms), known, locale_id)
    chosen = _choices(question.folded, locale_id)
    return [
        _candidate(page_id, facts, texts.get(page_id, frozenset()), page_id in exact, chosen.get(page_id, 0.0))
        for page_id, facts in known.items()
    ]


def _candidate(page_id: int, known: Known, body: Container[str], is_exact: bool, chosen: float) -> Candidate:
    named = (known.kind, known.title, known.names)
    return Candidate(page_id, *named, body, known.text_length, known.date, known.prior, is_exact, chosen)


def _choices(folded: str, locale_id: int) -> dict[int, float]:
    """By page, the share of those who chose it for this question, from 0 to 1; a few choices count little."""
    counted = HitCount.objects.filter(folded=folded[:255], page__locale_id=locale_id)
    chosen: Counter[int] = Counter()
    for page_id, times in counted.values_list("page_id", "chosen"):
        chosen[page_id] += times
    total = chosen.total() + FEW_CHOICES
    return {page_id: count / total for page_id, count in chosen.items()}


def exact_ids(values: Collection[str], locale_id: int, limit: int) -> frozenset[int]:
    """Entries with one of these codes or references, in normal form."""
    if not values:
        return frozenset()
    # The language is compared here: SQLite would rather look through all entries of it.
    rows = SearchIdentifier.objects.filter(value__in=values).values_list("entry_id", "entry__locale_id")
    found = [page_id for page_id, its_locale in rows.order_by("entry_id") if its_locale == locale_id]
    return frozenset(found[:limit])
