"""What of a question is asked of the engine, the same whichever answers."""

from collections.abc import Iterable, Sequence
from itertools import accumulate

from core.page_cache import per_version, per_version_each
from search.engines import engine
from search.engines.base import LIMIT, Asked
from search.models import SearchEntry

# A token in more than this share of the entries is not asked for …
COMMON_SHARE = 0.1
# … but a fetch takes so many anyway.
NEVER_COMMON = LIMIT
# Counting stops there, and what stands in more entries costs more than it finds: what is looked for has a rarer
# token, a pair at least.
COUNTED = 2000
# The rarest tokens that stand in so many entries together are enough: an engine weighs each entry that it finds.
WEIGHED = 4000
# Tokens whose counts are remembered.
KEPT = 20_000


def asked(terms: tuple[str, ...], locale_id: int) -> Asked:
    """The rare ones of these tokens, rarest first; where none is rare, the pairs, or whatever there is."""
    if not terms:
        return Asked()
    most = min(max(NEVER_COMMON, int(entries_in(locale_id) * COMMON_SHARE)), COUNTED)
    in_titles, in_texts = zip(*counts(terms, locale_id), strict=True)
    titles, texts = _rare(terms, in_titles, most), _rare(terms, in_texts, most)
    if titles or texts:
        return Asked(titles, texts)
    fallback = tuple(term for term in terms if "_" in term) or terms
    return Asked(fallback, fallback)


def _rare(terms: Sequence[str], numbers: Sequence[int], most: int) -> tuple[str, ...]:
    found = sorted((number, place) for place, number in enumerate(numbers) if 0 < number <= most)
    entries = accumulate(number for number, _place in found)
    few = [place for (_number, place), total in zip(found, entries, strict=True) if total <= WEIGHED]
    return tuple(terms[place] for place in few)


@per_version_each(lambda term: term, size=KEPT)
def counts(terms: Sequence[str], locale_id: int) -> Iterable[tuple[int, int]]:
    """In how many titles and in how many texts each token stands; at most `COUNTED` + 1."""
    found = engine().frequencies(terms, locale_id, COUNTED)
    return [(found.titles.get(term, 0), found.texts.get(term, 0)) for term in terms]


@per_version
def entries_in(locale_id: int) -> int:
    return SearchEntry.objects.filter(locale_id=locale_id).count()
