"""Which of a question's tokens the texts of its candidates have.

Where entries are few, the database's engine says of each token which of them have it, and that is remembered: hardly a
text is read. Where they are many, that would be dearer than to look the candidates' texts through.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import compress

from core.id_lists import among
from core.page_cache import per_version, per_version_each
from search.engines import database_engine
from search.kinds import Known
from search.models import SearchEntry
from search.retrieval import entries_in
from search.sought import Text, Words

# Entries of a language up to which tokens are remembered, a byte an entry each.
FEW = 10_000


def are_read(locale_id: int) -> bool:
    """Whether the texts of candidates are looked through."""
    return entries_in(locale_id) > FEW


def bodies(terms: Sequence[str], known: Mapping[int, Known], locale_id: int) -> Mapping[int, Text]:
    """By entry, what tells whether its text has one of these tokens; entries of which nothing is known are left out."""
    if are_read(locale_id):
        texts = {page_id: entry.text for page_id, entry in known.items() if entry.text}
        unread = known.keys() - texts.keys()
        rows = SearchEntry.objects.filter(among(SearchEntry, unread)).values_list("pk", "text_signs") if unread else ()
        return texts | {page_id: Words(text) for page_id, text in rows}
    places = _places(locale_id)
    ids = [page_id for page_id in known if page_id in places]
    at = [places[page_id] for page_id in ids]
    rows = [[marks[place] for place in at] for marks in _marks(terms, locale_id)]
    columns = zip(*rows, strict=True)
    return {page_id: frozenset(compress(terms, has)) for page_id, has in zip(ids, columns, strict=True)}


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
