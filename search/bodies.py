"""Which of a question's tokens the texts of its candidates have.

Where entries are few, the database's engine says of each token which of them have it, and that is remembered: hardly a
text is read. Where they are many, that would be dearer than to look the candidates' texts through.
"""

from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from itertools import compress

from core.page_cache import per_version, per_version_each
from search.engines import database_engine
from search.models import SearchEntry
from search.retrieval import entries_in

# Entries of a language up to which tokens are remembered, a byte an entry each.
FEW = 10_000


def bodies(terms: Sequence[str], ids: Collection[int], locale_id: int) -> Mapping[int, Container[str]]:
    """By entry, what tells whether its text has one of these tokens; entries of which nothing is known are left out."""
    if entries_in(locale_id) > FEW:
        texts = SearchEntry.objects.filter(pk__in=ids).values_list("pk", "text_tokens")
        return {page_id: Words(text) for page_id, text in texts}
    places = _places(locale_id)
    known = [page_id for page_id in ids if page_id in places]
    at = [places[page_id] for page_id in known]
    rows = [[marks[place] for place in at] for marks in _marks(terms, locale_id)]
    columns = zip(*rows, strict=True)
    return {page_id: frozenset(compress(terms, has)) for page_id, has in zip(known, columns, strict=True)}


@per_version
def _places(locale_id: int) -> dict[int, int]:
    ids = SearchEntry.objects.filter(locale_id=locale_id).order_by("pk").values_list("pk", flat=True)
    return {page_id: place for place, page_id in enumerate(ids)}


@per_version_each(lambda term: term)
def _marks(terms: Sequence[str], locale_id: int) -> Iterable[bytes]:
    """Of each token a byte for every entry of the language in its place: 1 where the text has it."""
    places = _places(locale_id)
    having = database_engine().having(terms)
    for term in terms:
        marks = bytearray(len(places))
        for page_id in having.get(term, ()):
            if (place := places.get(page_id)) is not None:
                marks[place] = 1
        yield bytes(marks)


class Words:
    """The syllables and pairs of a text, given as folded syllables between blanks.

    Each is looked for when it is asked about: of most candidates hardly one is.
    """

    __slots__ = ("_found", "_text")

    def __init__(self, text: str) -> None:
        self._text = f" {text} "
        self._found: dict[str, bool] = {}

    def __contains__(self, term: str) -> bool:
        found = self._found.get(term)
        if found is None:
            first, joined, second = term.partition("_")
            if joined:
                found = first in self and second in self and f" {first} {second} " in self._text
            else:
                found = f" {term} " in self._text
            self._found[term] = found
        return found
