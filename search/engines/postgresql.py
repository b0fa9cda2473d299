"""PostgreSQL's engine: finished tokens as `tsvector`, GIN, two tables, since titles and texts are weighed apart.

PostgreSQL's own text search is left out of it: no parser, no language, no ts_rank, which knows no rarity. How rare a
token is comes from the statistics that ANALYZE keeps of the tokens anyway. They also say which tokens are common enough
to leave entries to the rarer ones: whatever has two neighbours side by side has each of them too, so the entries with
rare tokens are where the best ones are, and the common tokens need only be looked for among them.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log

from django.db import OperationalError, connection, transaction

from core.bulk import execute
from core.page_cache import per_version
from search.engines.base import (
    LIMIT,
    Asked,
    Candidates,
    DatabaseEngine,
    Document,
    Filters,
    Frequencies,
    filter_token,
    in_turn,
)


@dataclass(frozen=True, slots=True)
class Table:
    """`length`: tokens of an ordinary entry, against which others are short or long; `pair`: weight of a pair."""

    name: str
    length: int
    pair: float


TITLES = Table("search_titles", length=30, pair=1.25)
TEXTS = Table("search_texts", length=400, pair=2.0)
TABLES = (TITLES, TEXTS)

# So many entries with rare tokens are enough to find the best 200 among.
ENOUGH = 800
# Below it tokens are counted, above it estimated where PostgreSQL's statistics know them.
FEW_ENTRIES = 2_000
# Not to be serialised, a deadlock, a lock that was not to be had.
CONFLICTS = frozenset({"40001", "40P01", "55P03"})
# A tsvector holds at most 1 MiB.
MOST_BYTES = 900_000
# Share of entries that a token has of which nothing is known.
UNKNOWN_SHARE = 0.001


@dataclass(frozen=True, slots=True)
class Statistics:
    """What the last ANALYZE found: number of entries, and of common tokens the share of entries that have them."""

    entries: int
    shares: Mapping[str, float]
    #: of the rarest one
    least: float

    def share(self, term: str) -> float:
        """Of a token too rare to be known: half of the rarest one's."""
        return self.shares.get(term) or self.least / 2


class PostgresqlEngine(DatabaseEngine):
    has_many_writers = True

    def see_one_moment(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")

    def give_way(self) -> None:
        # PostgreSQL looks for transactions that wait for each other after a second, and may end either of them.
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '500ms'")

    def is_conflict(self, error: OperationalError) -> bool:
        return getattr(error.__cause__, "sqlstate", None) in CONFLICTS

    def write(self, documents: Sequence[Document]) -> None:
        latest = {document.id: document for document in documents}.values()
        if not latest:
            return
        with transaction.atomic():
            for table in TABLES:
                execute(_WRITE.format(table=table.name), _columns(latest, table))

    def tidy(self) -> None:
        """A search would have to read through all that waits for its place in the index."""
        with connection.cursor() as cursor:
            for table in TABLES:
                cursor.execute(f"SELECT gin_clean_pending_list('{table.name}_tokens')")

    def remove(self, ids: Collection[int]) -> None:
        self._delete("id = ANY(%s)", ids)

    def retain(self, ids: Collection[int]) -> None:
        # As a list of values it would be gone through for each row.
        self._delete("NOT EXISTS (SELECT FROM unnest(%s::bigint[]) AS kept (page_id) WHERE page_id = id)", ids)
        self.tidy()
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {', '.join(table.name for table in TABLES)}")

    def clear(self) -> None:
        self.retain([])

    @staticmethod
    def _delete(condition: str, ids: Collection[int]) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            for table in TABLES:
                cursor.execute(f"DELETE FROM {table.name} WHERE {condition}", [list(ids)])  # noqa: S608 - constants

    def frequencies(self, terms: Collection[str], locale_id: int, most: int) -> Frequencies:
        """Common tokens of many entries are estimated, of all languages together; the others are counted."""
        found: list[dict[str, int]] = []
        for table, known in zip(TABLES, _statistics(), strict=True):
            shares = known.shares if known.entries > FEW_ENTRIES else {}
            counts = {term: round(shares[term] * known.entries) for term in terms if term in shares}
            counts.update(_counted(table, [term for term in terms if term not in shares], locale_id, most))
            found.append({term: min(counts[term], most + 1) for term in terms if counts.get(term)})
        return Frequencies(*found)

    def candidates(self, asked: Asked, filters: Filters, limit: int = LIMIT) -> Candidates:
        lists = [
            _best(table, terms, filters, limit, known) if terms else []
            for table, terms, known in zip(TABLES, (asked.titles, asked.texts), _statistics(), strict=True)
        ]
        return in_turn(*lists, limit)

    def ids(self) -> set[int]:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT id FROM {TITLES.name} UNION SELECT id FROM {TEXTS.name}")  # noqa: S608 - constants
            return {page_id for (page_id,) in cursor.fetchall()}

    def differing(self, documents: Sequence[Document]) -> set[int]:
        found: set[int] = set()
        for table in TABLES:
            found.update(_missing([document.id for document in documents], table))
            # What is missing is not made tokens of: nearly everything, where an index is filled.
            kept = [document for document in documents if document.id not in found]
            if kept:
                rows = execute(_DIFFERING.format(table=table.name), _columns(kept, table))
                found.update(page_id for (page_id,) in rows)
        return found


def _missing(ids: Collection[int], table: Table) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM {table.name} WHERE id = ANY(%s)", [list(ids)])  # noqa: S608 - a constant
        return set(ids).difference(page_id for (page_id,) in cursor.fetchall())


_GIVEN = (
    "SELECT id, locale_id, length, array_to_tsvector(string_to_array(tokens, ' ')) AS tokens "
    "FROM unnest(%b::bigint[], %b::bigint[], %b::integer[], %b::text[]) AS given (id, locale_id, length, tokens) "
)

_WRITE = (
    "INSERT INTO {table} (id, locale_id, length, tokens) "
    f"{_GIVEN}"
    "ON CONFLICT (id) DO UPDATE SET locale_id = excluded.locale_id, length = excluded.length, tokens = excluded.tokens"
)

_DIFFERING = (
    f"SELECT given.id FROM ({_GIVEN}) AS given LEFT JOIN {{table}} AS stored USING (id) WHERE "  # noqa: S608 - constants
    "(stored.locale_id, stored.length, stored.tokens) IS DISTINCT FROM (given.locale_id, given.length, given.tokens)"
)

_COUNT = (
    "SELECT n, (SELECT count(*) FROM (SELECT 1 FROM {table} WHERE tokens @@ query::tsquery AND locale_id = %s LIMIT %s)"
    " AS entry) FROM unnest(%s::text[]) WITH ORDINALITY AS given (query, n)"
)

# As BM25 weighs a token that an entry has once: longer entries count for less.
_BEST = (
    "SELECT entry.id FROM unnest(%s::text[], %s::float8[]) AS given (query, weight), "
    "LATERAL (SELECT id, length FROM {table} WHERE tokens @@ query::tsquery AND locale_id = %s {pages}) AS entry "
    "GROUP BY entry.id, entry.length "
    "ORDER BY sum(weight) / (1.3::float8 + 0.9::float8 * entry.length / {length}) DESC, entry.id LIMIT %s"
)


def _columns(documents: Iterable[Document], table: Table) -> list[list[object]]:
    rows = (_row(document, table) for document in documents)
    return [list(column) for column in zip(*rows, strict=True)]


def _row(document: Document, table: Table) -> tuple[int, int, int, str]:
    if table is TITLES:
        texts = (document.title, document.keywords, document.title_pairs, document.keyword_pairs)
    else:
        texts = (document.text, document.text_pairs)
    words = " ".join(filter(None, texts))
    tokens = f"{document.filters} {words}" if words else document.filters
    if len(tokens) * 4 > MOST_BYTES:
        tokens = " ".join(_fitting(document.filters.split(), words.split()))
    return document.id, document.locale_id, words.count(" ") + 1 if words else 0, tokens


def _fitting(filters: Iterable[str], words: Iterable[str]) -> Iterator[str]:
    """The filters and as many of the first tokens, each once, as a tsvector holds."""
    room = MOST_BYTES
    for token in dict.fromkeys([*filters, *words]):
        room -= len(token.encode()) + 4
        if room < 0:
            return
        yield token


@per_version
def _statistics() -> tuple[Statistics, ...]:
    """Of each table."""
    sql = (
        "SELECT relname, greatest(reltuples, 0)::bigint, most_common_elems::text::text[], most_common_elem_freqs "
        "FROM pg_class LEFT JOIN pg_stats ON tablename = relname AND attname = 'tokens' "
        "AND schemaname = relnamespace::regnamespace::text WHERE pg_class.oid = ANY(%s::regclass[])"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [[table.name for table in TABLES]])
        found = {name: (entries, tokens or [], shares or []) for name, entries, tokens, shares in cursor.fetchall()}
    made = []
    for table in TABLES:
        entries, tokens, shares = found[table.name]
        # After the tokens' shares stand the least and the greatest of them.
        known = dict(zip(tokens, shares, strict=False))
        made.append(Statistics(entries, known, min(known.values(), default=2 * UNKNOWN_SHARE)))
    return tuple(made)


def _counted(table: Table, terms: Sequence[str], locale_id: int, most: int) -> dict[str, int]:
    if not terms:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_COUNT.format(table=table.name), [locale_id, most + 1, [_any([term]) for term in terms]])
        return {terms[number - 1]: count for number, count in cursor.fetchall()}


def _best(table: Table, terms: Sequence[str], filters: Filters, limit: int, known: Statistics) -> list[int]:
    """The likeliest entries, one more than the limit where there are so many."""
    queries, weights = _queries(table, terms, filters, known)
    values: list[object] = [queries, weights, filters.locale_id]
    if filters.pages is not None:
        values.append(list(filters.pages))
    pages = "AND id = ANY(%s)" if filters.pages is not None else ""
    sql = _BEST.format(table=table.name, pages=pages, length=table.length)
    with connection.cursor() as cursor:
        cursor.execute(sql, [*values, limit + 1])
        return [page_id for (page_id,) in cursor.fetchall()]


def _queries(table: Table, terms: Sequence[str], filters: Filters, known: Statistics) -> tuple[list[str], list[float]]:
    """For each token a question and its weight; the common ones are asked among the entries with rare ones only."""
    groups = [[filter_token(name, value) for value in values] for name, values in filters.facets.items() if values]
    narrowed = "".join(f" & {_any(group)}" for group in groups)
    remaining = _remaining(groups, filters, known)
    rare: list[str] = []
    entries, queries, weights = 0.0, [], []
    for term in sorted(terms, key=known.share):
        if entries <= ENOUGH:
            rare.append(term)
            among = ""
        else:
            among = f" & {_any(rare)}"
        entries += known.share(term) * remaining
        queries.append(_any([term]) + among + narrowed)
        weights.append(log(1 + 1 / known.share(term)) * (table.pair if "_" in term else 1.0))
    return queries, weights


def _remaining(groups: Iterable[Iterable[str]], filters: Filters, known: Statistics) -> float:
    """About how many entries the filters leave."""
    entries = float(known.entries)
    for group in groups:
        entries *= min(1.0, sum(map(known.share, group)))
    return entries if filters.pages is None else min(entries, len(filters.pages))


def _any(terms: Iterable[str]) -> str:
    """A tsquery; quoted, a token is taken as it is, whatever was typed."""
    quoted = (term.replace("\\", "\\\\").replace("'", "''") for term in terms)
    return "(" + " | ".join(f"'{term}'" for term in quoted) + ")"
