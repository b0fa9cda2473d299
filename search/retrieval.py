"""What of a question is asked of the engine, the same whichever answers."""

from collections.abc import Mapping

from core.page_cache import per_version
from search.engines import engine
from search.engines.base import LIMIT, Asked
from search.models import SearchEntry

# A token in more than this share of the entries is not asked for …
COMMON_SHARE = 0.1
# … but a fetch takes so many anyway.
NEVER_COMMON = LIMIT
# … and in more entries than this it costs more than it finds: what is looked for has a rarer one, a pair at least.
ALWAYS_COMMON = 3000


@per_version
def asked(terms: tuple[str, ...], locale_id: int) -> Asked:
    """The rare ones of these tokens; where none is rare, the pairs, or whatever there is."""
    if not terms:
        return Asked()
    most = min(max(NEVER_COMMON, int(entries_in(locale_id) * COMMON_SHARE)), ALWAYS_COMMON)
    found = engine().frequencies(terms, locale_id, most)
    titles, texts = _rare(terms, found.titles, most), _rare(terms, found.texts, most)
    if titles or texts:
        return Asked(titles, texts)
    fallback = tuple(term for term in terms if "_" in term) or terms
    return Asked(fallback, fallback)


def _rare(terms: tuple[str, ...], counts: Mapping[str, int], most: int) -> tuple[str, ...]:
    return tuple(term for term in terms if 0 < counts.get(term, 0) <= most)


@per_version
def entries_in(locale_id: int) -> int:
    return SearchEntry.objects.filter(locale_id=locale_id).count()
