"""The contract of an engine: it stores finished tokens and fetches candidates; it neither orders nor counts."""

import re
from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from django.db import OperationalError

from search.analysis import pairs, tokens
from search.models import SearchEntry

LIMIT = 200  # candidates of one fetch

_FACET_VALUE = re.compile(r"[A-Za-z0-9_-]+\Z")


@dataclass(frozen=True, slots=True)
class Document:
    """An entry as engines store it: tokens separated by blanks. `filters` are tokens such as `unit:pho-lu`."""

    id: int
    version: int
    locale_id: int
    title: str
    title_pairs: str
    keywords: str
    keyword_pairs: str
    text: str
    text_pairs: str
    filters: str

    @classmethod
    def of(cls, entry: SearchEntry, language: str) -> "Document":
        """ValueError where a facet value is not an ASCII word."""
        title = tokens(entry.title, language)
        names = [tokens(name, language) for name in entry.keywords.splitlines()]
        return cls(
            id=entry.pk,
            version=entry.version,
            locale_id=entry.locale_id,
            title=" ".join(title),
            title_pairs=" ".join(pairs(title)),
            keywords=" ".join(token for name in names for token in name),
            keyword_pairs=" ".join(pair for name in names for pair in pairs(name)),
            text=" ".join(entry.text_tokens),
            text_pairs=" ".join(pairs(entry.text_tokens)),
            filters=" ".join(_filter_tokens(entry)),
        )


def filter_token(name: str, value: str) -> str:
    if not _FACET_VALUE.match(value):
        raise ValueError(f"{value!r} of the facet {name} is not an ASCII word.")
    return f"{name}:{value}"


def _filter_tokens(entry: SearchEntry) -> Iterable[str]:
    yield filter_token("locale", str(entry.locale_id))
    yield filter_token("kind", entry.kind)
    for name, values in entry.facets.items():
        for value in values:
            yield filter_token(name, value)


@dataclass(frozen=True, slots=True)
class Filters:
    """What candidates must meet: the language, any value of each facet, and, where given, one of these pages."""

    locale_id: int
    facets: Mapping[str, Collection[str]] = field(default_factory=dict)
    pages: frozenset[int] | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """Tokens worth asking for, syllables and pairs: any of them in title or keywords, any of them in the text."""

    titles: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.titles or self.texts)


@dataclass(frozen=True, slots=True)
class Frequencies:
    """In how many entries of a language each token stands, zeros left out; counting stops at the `most` asked for."""

    titles: Mapping[str, int]
    texts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Candidates:
    """Page ids, the likeliest first. `is_full`: there were more than were asked for."""

    ids: tuple[int, ...] = ()
    is_full: bool = False


class Answering(ABC):
    """What questions are put to: an engine, or something in front of two."""

    #: False only for the engine of an installation that has none
    is_available: bool = True

    @abstractmethod
    def frequencies(self, terms: Collection[str], locale_id: int, most: int) -> Frequencies:
        """How common these tokens are; a token in more than `most` entries counts `most` + 1."""

    @abstractmethod
    def candidates(self, asked: Asked, filters: Filters, limit: int = LIMIT) -> Candidates:
        """At most `limit` entries with any of the tokens: the best of the titles and the best of the texts, in turn."""

    def candidates_of_each(self, asked: Asked, several: Sequence[Filters], limit: int = LIMIT) -> list[Candidates]:
        """Under each of several filters of one language, or only under the first where these are all that there is.

        The first leave out the least.
        """
        first = self.candidates(asked, several[0], limit)
        return [first, *(self.candidates(asked, filters, limit) for filters in several[1:] if first.is_full)]

    def ids(self) -> set[int] | None:
        """Every entry that is stored; None where the engine cannot tell."""
        return None

    def differing(self, documents: Sequence[Document]) -> set[int]:
        """Which of these are not stored, or not as they are given; empty where the engine cannot tell."""
        return set()


class Engine(Answering):
    """The database's engines take part in the transaction of the change; one outside is fed after its commit."""

    @abstractmethod
    def write(self, documents: Sequence[Document]) -> None:
        """Store the documents, in place of what was stored of them."""

    @abstractmethod
    def remove(self, ids: Collection[int]) -> None:
        """Forget these entries; unknown ones are no error."""

    @abstractmethod
    def retain(self, ids: Collection[int]) -> None:
        """End of a rebuild: forget every entry but these, and tidy up."""

    @abstractmethod
    def clear(self) -> None:
        """Forget everything."""


class DatabaseEngine(Engine):
    """One that comes with the database, and so is there beside one outside.

    `has_many_writers`: whether several transactions may write at a time.
    """

    has_many_writers: bool = False

    def see_one_moment(self) -> None:
        """First in a transaction: what others commit from now on is not seen, and not written over either.

        That raises OperationalError. Nothing to do where only one transaction at a time writes.
        """
        return None

    def give_way(self) -> None:
        """In a transaction: from now on it waits for half a second where others write, then OperationalError."""
        return None

    def is_conflict(self, error: OperationalError) -> bool:
        """Whether others wrote the same, or would not let go of it, so that it is worth trying again."""
        return False

    def renew(self, documents: Sequence[Document]) -> None:
        """Store those of the documents that are not stored as they are given."""
        differing = self.differing(documents)
        self.write([document for document in documents if document.id in differing])

    def tidy(self) -> None:
        """Bring what was written into its place, where an engine has a place to keep it until then."""
        return None


class NoEngine(DatabaseEngine):
    """Stands in where the database has no engine: stores nothing, finds nothing."""

    is_available = False

    def write(self, documents: Sequence[Document]) -> None:
        return None

    def remove(self, ids: Collection[int]) -> None:
        return None

    def retain(self, ids: Collection[int]) -> None:
        return None

    def clear(self) -> None:
        return None

    def frequencies(self, terms: Collection[str], locale_id: int, most: int) -> Frequencies:
        return Frequencies({}, {})

    def candidates(self, asked: Asked, filters: Filters, limit: int = LIMIT) -> Candidates:
        return Candidates()


def in_turn(titles: Sequence[int], texts: Sequence[int], limit: int) -> Candidates:
    """The candidates of two lists, best first, one of each in turn."""
    pairs_of_ids = zip_longest(titles, texts)
    ids = tuple(dict.fromkeys(page_id for pair in pairs_of_ids for page_id in pair if page_id is not None))
    return Candidates(ids[:limit], is_full=len(ids) > limit)
