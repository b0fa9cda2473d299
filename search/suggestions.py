"""Suggestions while typing: titles, popular names and citizens' words that go on from what was typed.

The database is asked, whichever engine searches: FTS5 or a tsvector, by index and in the order of the rows' key.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import Sum
from wagtail.models import Locale

from core.page_cache import per_version
from core.restrictions import restricted_paths
from core.text import fold, fold_with_map, nfc
from search.analysis import MAX_QUERY_LENGTH, Segment, tokens
from search.kinds import kind_named
from search.models import HitCount, SearchEntry, SuggestedTitle, VocabularyEntry

LIMIT, MOST = 8, 20
#: letters from which on there is something to suggest
SHORTEST = 2
#: rows fetched for each wanted one: some are of pages that not everybody may read, or of one page twice
SPARE = 4
#: at most so many of the suggestions are citizens' words
MOST_PHRASES = 3
#: language of the vocabulary
PHRASES_LANGUAGE = "vi"
LONGEST_SORTED = 255  # characters: longer titles are all equally long

# id: one bit for the kind, eight for the length, forty for the page, eight for the name of the page
_NAMES = 1 << 8
_PAGES = _NAMES << 40
_LENGTHS = _PAGES << 8


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`page_id` is None where a phrase to search for is suggested, and `kind` then empty.

    `title` is the page's title where `text` is another name of it.
    """

    text: str
    segments: tuple[Segment, ...]
    page_id: int | None = None
    kind: str = ""
    title: str = ""


# --- writing ----------------------------------------------------------------------------------------------------------


def write_titles(entries: Sequence[SearchEntry]) -> None:
    """Store the names of these entries where they differ from what is stored; in the transaction of their change."""
    # For SQLite without a savepoint: FTS5 writes out what it has at each.
    with transaction.atomic(savepoint=False):
        stored = {
            row.pk: (row.text, row.folded)
            for row in SuggestedTitle.objects.filter(entry_id__in=[entry.pk for entry in entries])
        }
        wanted = {row.pk: row for entry in entries for row in _rows(entry)}
        same = {pk for pk, row in wanted.items() if stored.get(pk) == (row.text, row.folded)}
        if stale := stored.keys() - same:
            SuggestedTitle.objects.filter(pk__in=stale).delete()
        # In their order, and many a statement: FTS5 writes out what it has wherever an id is less than the one before,
        # and at the end of each statement that has a trigger.
        missing = sorted(wanted.keys() - same)
        SuggestedTitle.objects.bulk_create([wanted[pk] for pk in missing], batch_size=500)


def tidy_titles() -> None:
    """End of a rebuild: FTS5 goes on looking at what was deleted until its parts are merged."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO search_title_words (search_title_words) VALUES ('optimize')")


def _rows(entry: SearchEntry) -> Iterator[SuggestedTitle]:
    seen: set[str] = set()
    for text in (entry.title, *entry.keywords.splitlines()):
        folded = " ".join(tokens(text))
        if folded and folded not in seen and len(seen) < _NAMES:
            rank = _rank(entry.kind, folded) * _PAGES + entry.pk * _NAMES + len(seen)
            seen.add(folded)
            yield SuggestedTitle(id=rank, entry_id=entry.pk, locale_id=entry.locale_id, text=text, folded=folded)


def _rank(kind: str, folded: str) -> int:
    return (0 if kind_named(kind).leads else _LENGTHS // _PAGES) + min(len(folded), LONGEST_SORTED)


# --- asking -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Name:
    """A name that goes on from what was typed, with its page."""

    page_id: int
    text: str
    kind: str
    title: str

    @property
    def rank(self) -> int:
        return _rank(self.kind, " ".join(tokens(self.text)))


def suggest(text: str, locale: Locale, limit: int = LIMIT) -> list[Suggestion]:
    """At most `limit` suggestions: titles that begin with what was typed, citizens' words, titles with all the words.

    Within them services come first, then shorter ones, then those that people choose. The last word typed may be the
    beginning of one.
    """
    typed = tokens(text[:MAX_QUERY_LENGTH])
    if sum(map(len, typed)) < SHORTEST:
        return []
    first = _matching(typed, locale.pk, limit, from_start=True)
    phrases = _phrases(typed)[:MOST_PHRASES] if locale.language_code == PHRASES_LANGUAGE else []
    others: list[_Name] = []
    if len(first) + len(phrases) < limit:
        seen = {name.page_id for name in first}
        others = [name for name in _matching(typed, locale.pk, limit, from_start=False) if name.page_id not in seen]
    shown = {fold(name.text) for name in (*first, *others)}
    return [
        *(_of_page(name, typed) for name in first[: limit - len(phrases)]),
        *(Suggestion(phrase, tuple(_segments(phrase, typed))) for phrase in phrases if fold(phrase) not in shown),
        *(_of_page(name, typed) for name in others),
    ][:limit]


def _of_page(name: _Name, typed: Sequence[str]) -> Suggestion:
    title = "" if name.title == name.text else name.title
    return Suggestion(name.text, tuple(_segments(name.text, typed)), name.page_id, name.kind, title)


def _matching(typed: Sequence[str], locale_id: int, limit: int, *, from_start: bool) -> list[_Name]:
    """The first name of each page that everybody may read, in the order in which they are suggested."""
    ids = _sqlite_ids if connection.vendor == "sqlite" else _postgresql_ids
    rows = (
        SuggestedTitle.objects.filter(pk__in=ids(typed, locale_id, limit * SPARE, from_start), entry__page__live=True)
        .order_by("pk")
        .values_list("entry__page__path", "entry_id", "text", "entry__kind", "entry__title")
    )
    restricted = restricted_paths()
    names: dict[int, _Name] = {}
    for path, *values in rows:
        if not (restricted and path.startswith(restricted)):
            names.setdefault(values[0], _Name(*values))
    return _by_choice(list(names.values())[:limit])


def _by_choice(names: list[_Name]) -> list[_Name]:
    """Among names of one kind and length, those whose pages people choose come first."""
    counted = HitCount.objects.filter(page_id__in=[name.page_id for name in names]).values("page_id")
    chosen = dict(counted.annotate(times=Sum("chosen")).values_list("page_id", "times"))
    return sorted(names, key=lambda name: (name.rank, -chosen.get(name.page_id, 0))) if chosen else names


@per_version
def _all_phrases() -> tuple[tuple[str, str], ...]:
    """Citizens' words in use, folded and as written, the shorter ones first."""
    phrases = VocabularyEntry.objects.filter(is_active=True).values_list("folded", "phrase")
    return tuple(sorted(phrases, key=lambda row: (len(row[0]), row[0])))


def _phrases(typed: Sequence[str]) -> list[str]:
    beginning = " ".join(typed)
    return [phrase for folded, phrase in _all_phrases() if folded.startswith(beginning) and folded != beginning]


def _sqlite_ids(typed: Sequence[str], locale_id: int, most: int, from_start: bool) -> list[int]:
    quoted = [f'"{token}"' for token in typed]
    words = f"^ {' + '.join(quoted)} *" if from_start else " AND ".join([*quoted[:-1], f"{quoted[-1]} *"])
    return _fetched(
        "SELECT rowid FROM search_title_words WHERE search_title_words MATCH %s ORDER BY rowid LIMIT %s",
        [f"(folded : ({words})) AND (locale_id : {locale_id})", most],
    )


def _postgresql_ids(typed: Sequence[str], locale_id: int, most: int, from_start: bool) -> list[int]:
    if from_start:
        # Tokens are letters and digits, so there is nothing to escape for LIKE.
        condition, value = "folded LIKE %s", f"{' '.join(typed)}%"
    else:
        condition = "to_tsvector('simple', folded) @@ to_tsquery('simple', %s)"
        value = " & ".join([*(f"'{token}'" for token in typed[:-1]), f"'{typed[-1]}':*"])
    statement = f"SELECT id FROM search_suggestedtitle WHERE locale_id = %s AND {condition} ORDER BY id LIMIT %s"  # noqa: S608 - constants
    return _fetched(statement, [locale_id, value, most])


def _fetched(statement: str, values: Sequence[object]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [row[0] for row in cursor.fetchall()]


def _segments(text: str, typed: Sequence[str]) -> Iterator[Segment]:
    """The text in pieces, what was typed marked: whole words, and the beginning of a word for the last one."""
    text = nfc(text)
    folded, starts = fold_with_map(text)
    whole, last = set(typed[:-1]), typed[-1]
    at, begin = 0, 0
    for word in folded.split(" "):
        size = len(word) if word in whole else len(last) if word.startswith(last) else 0
        if size:
            first, end = starts[begin], starts[begin + size]
            if first > at:
                yield Segment(text[at:first])
            yield Segment(text[first:end], marked=True)
            at = end
        begin += len(word) + 1
    if at < len(text):
        yield Segment(text[at:])
