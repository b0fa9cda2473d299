"""The embedded engine: FTS5, two tables, since a title and a text must not be weighed by each other's length.

The tables keep no text of their own. To take an entry out, FTS5 wants the very tokens that went in: they are kept,
packed, in `search_indexed`, so the index stays sound whatever becomes of entries or of the analysis.
"""

import json
import sqlite3
import zlib
from collections.abc import Collection, Iterable, Sequence

from django.db import OperationalError, connection, transaction
from django.db.transaction import Atomic
from wagtail.models import Locale

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

# table → its columns, each with its weight; the last column holds the filters and is no sign of relevance
TABLES = {
    "search_titles": {"title": 4.0, "keywords": 3.0, "pairs": 5.0, "filters": 0.0},
    "search_texts": {"words": 1.0, "pairs": 2.0, "filters": 0.0},
}


class SqliteEngine(DatabaseEngine):
    def is_conflict(self, error: OperationalError) -> bool:
        code = getattr(error.__cause__, "sqlite_errorcode", None)
        return code is not None and code & 0xFF == sqlite3.SQLITE_BUSY  # the rest of the code says why

    def write(self, documents: Sequence[Document]) -> None:
        with _atomic(), connection.cursor() as cursor:
            self.remove([document.id for document in documents])
            # In this order: FTS5 writes out what it has wherever an id is less than the one before.
            rows = sorted((document.id, _texts(document)) for document in documents)
            for table, columns in TABLES.items():
                cursor.executemany(_insert(table, columns), [(page_id, *texts[table]) for page_id, texts in rows])
            packed = [(page_id, zlib.compress(_packed(texts), 1)) for page_id, texts in rows]
            cursor.executemany("INSERT INTO search_indexed (id, texts) VALUES (%s, %s)", packed)

    def remove(self, ids: Collection[int]) -> None:
        with _atomic(), connection.cursor() as cursor:
            stored = [(page_id, json.loads(packed)) for page_id, packed in _stored(ids).items()]
            for table, columns in TABLES.items():
                rows = [("delete", page_id, *texts[table]) for page_id, texts in stored]
                cursor.executemany(_insert(table, columns, command=True), rows)
            cursor.executemany("DELETE FROM search_indexed WHERE id = %s", [(page_id,) for page_id, _texts in stored])

    def retain(self, ids: Collection[int]) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT id FROM search_indexed")
            self.remove({page_id for (page_id,) in cursor.fetchall()}.difference(ids))
            for table in TABLES:
                cursor.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")  # noqa: S608 - a constant

    def clear(self) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            for table in TABLES:
                cursor.execute(f"INSERT INTO {table} ({table}) VALUES ('delete-all')")  # noqa: S608 - a constant
            cursor.execute("DELETE FROM search_indexed")

    def frequencies(self, terms: Collection[str], locale_id: int, most: int) -> Frequencies:
        """The locale is left out of account: counting stops sooner without it, and languages share few tokens."""
        listed = list(terms)
        counts = [
            f"(SELECT count(*) FROM (SELECT 1 FROM {table} WHERE {table} MATCH %s LIMIT {most + 1}))"  # noqa: S608
            for table in TABLES
            for _term in listed
        ]
        if not counts:
            return Frequencies({}, {})
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {', '.join(counts)}", [f'"{term}"' for _table in TABLES for term in listed])
            found = cursor.fetchone()
        return Frequencies(_counted(listed, found[: len(listed)]), _counted(listed, found[len(listed) :]))

    def candidates(self, asked: Asked, filters: Filters, limit: int = LIMIT) -> Candidates:
        return self.candidates_of_each(asked, [filters], limit)[0]

    def candidates_of_each(self, asked: Asked, several: Sequence[Filters], limit: int = LIMIT) -> list[Candidates]:
        """What all tokens find under the first filters is weighed once; the others pick from it."""
        lists: dict[tuple[str, int], list[int]] = {}
        for table, terms in zip(TABLES, (asked.titles, asked.texts), strict=True):
            if terms:
                with connection.cursor() as cursor:
                    cursor.execute(*_fetch(table, terms, several, limit))
                    for number, page_id in cursor.fetchall():
                        lists.setdefault((table, number), []).append(page_id)
        found = [
            in_turn(*(lists.get((table, number), []) for table in TABLES), limit) for number in range(len(several))
        ]
        return found if found[0].is_full else found[:1]

    def ids(self) -> set[int]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT id FROM search_indexed")
            return {page_id for (page_id,) in cursor.fetchall()}

    def differing(self, documents: Sequence[Document]) -> set[int]:
        stored = _stored([document.id for document in documents])
        return {document.id for document in documents if stored.get(document.id) != _packed(_texts(document))}


def _atomic() -> Atomic:
    """Without a savepoint where a transaction is open: at each of them FTS5 writes out what it has, as at its end."""
    return transaction.atomic(savepoint=False)


def _packed(texts: dict[str, list[str]]) -> bytes:
    return json.dumps(texts).encode()


def _stored(ids: Collection[int]) -> dict[int, bytes]:
    """What went into the tables of these entries, as `_packed` gives it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, texts FROM search_indexed WHERE id IN (SELECT value FROM json_each(%s))",
            [json.dumps(list(ids))],
        )
        return {page_id: zlib.decompress(packed) for page_id, packed in cursor.fetchall()}


def _counted(terms: Iterable[str], counts: Iterable[int]) -> dict[str, int]:
    return {term: count for term, count in zip(terms, counts, strict=True) if count}


def _texts(document: Document) -> dict[str, list[str]]:
    """What goes into the columns of each table."""
    pairs = f"{document.title_pairs} {document.keyword_pairs}"
    return {
        "search_titles": [document.title, document.keywords, pairs, document.filters],
        "search_texts": [document.text, document.text_pairs, document.filters],
    }


def _insert(table: str, columns: Iterable[str], command: bool = False) -> str:
    """An insert, or with `command` the insert by which FTS5 takes commands such as "delete"."""
    names = [*([table] if command else []), "rowid", *columns]
    places = ", ".join(["%s"] * len(names))
    return f"INSERT INTO {table} ({', '.join(names)}) VALUES ({places})"  # noqa: S608 - constants


def _fetch(table: str, terms: Sequence[str], several: Sequence[Filters], limit: int) -> tuple[str, list[object]]:
    """SQL and its values: the best of a table under each of the filters, by their number, best first."""
    weights = ", ".join(map(str, TABLES[table].values()))
    first = several[0]
    parts, values = [], [_match(terms, first)]
    for number, filters in enumerate(several):
        conditions = []
        if filters.facets != first.facets:
            conditions.append(f"id IN (SELECT rowid FROM {table} WHERE {table} MATCH %s)")  # noqa: S608 - constants
            values.append(_match(terms, filters))
        if filters.pages is not None:
            conditions.append("id IN (SELECT value FROM json_each(%s))")
            values.append(json.dumps(sorted(filters.pages)))
        where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
        best = f"SELECT {number} AS number, id, rank FROM found {where} ORDER BY rank, id LIMIT %s"  # noqa: S608
        parts.append(f"SELECT * FROM ({best})")  # noqa: S608 - of constants, as all here
        values.append(limit + 1)
    found = f"SELECT rowid AS id, bm25({table}, {weights}) AS rank FROM {table} WHERE {table} MATCH %s"  # noqa: S608
    every = f"SELECT number, id FROM ({' UNION ALL '.join(parts)}) ORDER BY number, rank, id"  # noqa: S608
    return f"WITH found AS MATERIALIZED ({found}) {every}", values


def _match(terms: Iterable[str], filters: Filters) -> str:
    """Other languages are shut out, since to look for the own one takes longer: nearly all entries have it."""
    groups = [terms]
    groups += [[filter_token(name, value) for value in values] for name, values in filters.facets.items() if values]
    wanted = " AND ".join(f"({_any(group)})" for group in groups)
    others = [filter_token("locale", str(pk)) for pk in _locale_ids() if pk != filters.locale_id]
    return f"({wanted}) NOT ({_any(others)})" if others else wanted


@per_version
def _locale_ids() -> tuple[int, ...]:
    return tuple(Locale.objects.order_by("pk").values_list("pk", flat=True))


def _any(terms: Iterable[str]) -> str:
    """Tokens are letters, digits, `_`, `:` and `-`, so a quoted one is a string of FTS5 whatever was typed."""
    return " OR ".join(f'"{term}"' for term in terms)
