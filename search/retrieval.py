"""What of a question is asked of the engine, the same whichever answers."""

from collections.abc import Iterable, Sequence

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
# Tokens whose counts are remembered.
KEPT = 20_000


def asked(terms: tuple[str, ...], locale_id: int) -> Asked:
    """The rare ones of these tokens; where none is rare, the pairs, or whatever there is."""
    if not terms:
        return Asked()
    most = min(max(NEVER_COMMON, int(entries_in(locale_id) * COMMON_SHARE)), COUNTED)
    found = list(zip(terms, counts(terms, locale_id), strict=True))
    titles = tuple(term for term, (in_titles, _texts) in found if 0 < in_titles <= most)
    texts = tuple(term for term, (_titles, in_texts) in found if 0 < in_texts <= most)
    if titles or texts:
        return Asked(titles, texts)
    fallback = tuple(term for term in terms if "_" in term) or terms
    return Asked(fallback, fallback)


@per_version_each(lambda term: term, size=KEPT)
def counts(terms: Sequence[str], locale_id: int) -> Iterable[tuple[int, int]]:
    """In how many titles and in how many texts each token stands; at most `COUNTED` + 1."""
    found = engine().frequencies(terms, locale_id, COUNTED)
    return [(found.titles.get(term, 0), found.texts.get(term, 0)) for term in terms]


@per_version
def entries_in(locale_id: int) -> int:
    return SearchEntry.objects.filter(locale_id=locale_id).count()
