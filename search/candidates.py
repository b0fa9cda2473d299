"""What the ranker is told of the entries that an engine fetched: read from the table, the same for every engine."""

import datetime
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from types import MappingProxyType

from django.db.models import Case, F, When

from core.id_lists import among
from core.languages import language_of
from core.page_cache import per_version_each, today
from core.restrictions import restricted_paths
from search.facts import packed, unpacked
from search.kinds import Known, all_kinds, live_facets
from search.models import HitCount, SearchEntry, SearchIdentifier
from search.question import Question
from search.scoring import Candidate
from search.sought import Text, Words

# Entries that are remembered, some 1.5 kB each, and their texts up to so many syllables.
KEPT = 40_000
SHORT = 800
SHORT_TEXT = Case(When(text_length__lte=SHORT, then=F("text_signs")), default=None)
# A page that fades counts half after so many days.
HALF_LIFE = 365
NOTHING: Mapping[str, tuple[str, ...]] = MappingProxyType({})
# Choices of a result are believed once there are more than so many.
FEW_CHOICES = 10


def known_entries(ids: Iterable[int], locale_id: int) -> dict[int, Known]:
    """By page, those of these entries that everybody may read: of live pages, of kinds that are registered."""
    listed = list(ids)
    return {page_id: known for page_id, known in zip(listed, _known(listed, locale_id), strict=True) if known}


@per_version_each(lambda page_id: page_id, size=KEPT)
def _known(ids: Sequence[int], locale_id: int) -> Iterable[Known | None]:
    restricted, live, day = restricted_paths(), live_facets(locale_id), today()
    kinds = {kind.name: kind for kind in all_kinds()}
    # The language is compared here: SQLite would rather look through all entries of it.
    entries = SearchEntry.objects.filter(among(SearchEntry, ids), page__live=True)
    rows: dict[int, Known] = {}
    found = entries.values_list("page__path", "pk", "locale_id", "facts", SHORT_TEXT)
    for path, page_id, its_locale, facts, words in found:
        if its_locale != locale_id or (restricted and path.startswith(restricted)):
            continue
        known = unpacked(facts or _packed_now(page_id, locale_id), page_id, locale_id)
        if kind := kinds.get(known.kind):
            facets = {**known.facets, **live.get(page_id, NOTHING), "kind": (known.kind,)}
            prior = _faded(known.date, day) if kind.fades else known.prior
            rows[page_id] = known._replace(facets=facets, prior=prior, text=None if words is None else Words(words))
    return [rows.get(page_id) for page_id in ids]


def _packed_now(page_id: int, locale_id: int) -> str:
    """Of an entry that was written before its facts were packed, until the next rebuild."""
    return packed(SearchEntry.objects.get(pk=page_id), language_of(locale_id))


def _faded(date: datetime.date | None, day: datetime.date) -> float:
    return HALF_LIFE / (HALF_LIFE + max(0, (day - date).days)) if date else 0.0


def candidates(question: Question, exact: frozenset[int], ids: Iterable[int], locale_id: int) -> list[Candidate]:
    """The readable ones of these entries, as the ranker takes them."""
    known = known_entries(exact.union(ids), locale_id)
    texts = _texts(known)
    chosen = _choices(question.folded)
    return [
        _candidate(page_id, facts, texts.get(page_id, frozenset()), page_id in exact, chosen.get(page_id, 0.0))
        for page_id, facts in known.items()
    ]


def _texts(known: Mapping[int, Known]) -> dict[int, Text]:
    """What these entries say, as far as they are still there."""
    texts: dict[int, Text] = {page_id: entry.text for page_id, entry in known.items() if entry.text}
    if unread := known.keys() - texts.keys():
        rows = SearchEntry.objects.filter(among(SearchEntry, unread)).values_list("pk", "text_signs")
        texts.update((page_id, Words(text)) for page_id, text in rows)
    return texts


def _candidate(page_id: int, known: Known, body: Text, is_exact: bool, chosen: float) -> Candidate:
    named = (known.kind, known.title, known.names)
    return Candidate(page_id, *named, body, known.text_length, known.date, known.prior, is_exact, chosen)


def _choices(folded: str) -> dict[int, float]:
    """By page, the share of those who chose it for these words, from 0 to 1; a few choices count little."""
    counted = HitCount.objects.filter(folded=folded[:255])
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
