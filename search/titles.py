"""What the titles of a language tell of its words: how much a syllable says, and how it writes them."""

from collections.abc import Iterator

from core.languages import language_of
from core.page_cache import per_version
from search.analysis import read, tokens
from search.models import SearchEntry
from search.question_words import Words
from search.rarity import Rarity

# Titles that are looked at where they are more.
SAMPLE = 5000


@per_version
def _sample(locale_id: int) -> tuple[str, ...]:
    titles = SearchEntry.objects.filter(locale_id=locale_id).order_by("pk").values_list("title", flat=True)
    step = -(-titles.count() // SAMPLE) or 1
    return tuple(titles[::step])


@per_version
def rarity(locale_id: int) -> Rarity:
    language = language_of(locale_id)
    return Rarity(tokens(title, language) for title in _sample(locale_id))


def written_titles(locale_id: int) -> Iterator[Words]:
    """The words of the titles, each folded and as it is written; Vietnamese ones only have a use for it."""
    for title in _sample(locale_id):
        found = read(title)
        yield list(zip(found.tokens, found.written, strict=True))
