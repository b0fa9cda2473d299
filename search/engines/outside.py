"""What an engine outside the database is told and asked besides questions: changes with their versions, and indexes."""

from abc import abstractmethod
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from zlib import crc32

from search.engines.base import Document, Engine


class OutsideFault(Exception):
    """The engine did not answer, or not as it should."""


class QuestionRefused(OutsideFault):
    """The engine is well, but would not take this one question."""


class IndexMissing(OutsideFault):
    """The engine is well, but lacks the index of a language: it is new, or lost its data."""


@dataclass(frozen=True, slots=True)
class Removal:
    """An entry that was taken away. The engine keeps its version, so that an older text cannot come back."""

    id: int
    version: int
    locale_id: int


Change = Document | Removal


@dataclass(slots=True)
class Pushed:
    """Page ids that the engine has now in the version given or a newer one, and those that it refused, with reasons."""

    done: set[int] = field(default_factory=set)
    refused: dict[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Held:
    """What the engine has of an entry. `digest` stands for the text; None for an entry that was taken away."""

    version: int
    digest: int | None


def digest(document: Document) -> int:
    """A number that tells two texts apart; the version is no part of it."""
    parts = (document.title, document.keywords, document.text, document.filters)
    return crc32("\x1f".join(parts).encode("utf-8", "surrogatepass"))


class OutsideEngine(Engine):
    """An engine that is fed after the commit. Every method raises OutsideFault and nothing else of its own."""

    @abstractmethod
    def push(self, changes: Sequence[Change]) -> Pushed:
        """Hand over changes, also to an index that is being built; what is done can be found at once.

        A version that is not newer than the engine's is done as well. IndexMissing where a language has no index.
        """

    @abstractmethod
    def build(self, locale_ids: Collection[int]) -> "Build":
        """New, empty indexes for these languages; from now on `push` writes to them, too."""

    @abstractmethod
    def held(self, locale_id: int) -> Mapping[int, Held]:
        """All that the engine has in a language, by page; entries taken away included."""

    @abstractmethod
    def is_complete(self, locale_ids: Iterable[int]) -> bool:
        """Whether each of these languages has an index."""

    @abstractmethod
    def is_being_built(self, locale_ids: Iterable[int]) -> bool:
        """Whether somebody has lately begun to fill new indexes for these languages."""

    @abstractmethod
    def probe(self) -> None:
        """Ask as a reader would; for the background, so without the database."""


class Build:
    """Indexes that are being filled while readers ask the old ones."""

    @abstractmethod
    def fill(self, batches: Iterable[Sequence[Change]]) -> Iterator[Sequence[Change]]:
        """Store batches, two at a time; what is stored is given back."""

    @abstractmethod
    def swap(self) -> None:
        """Readers ask the new indexes from now on, without a moment in between; older ones are dropped."""

    @abstractmethod
    def drop(self) -> None:
        """Give up."""
