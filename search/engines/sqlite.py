"""The embedded engine: FTS5, two tables, since a title and a text must not be weighed by each other's length.

The tables keep no text of their own. To take an entry out, FTS5 wants the very tokens that went in: they are kept,
packed, in `search_indexed`, so the index stays sound whatever becomes of entries or of the analysis.
"""

import json
import zlib
from collections.abc import Collection, Iterable, Sequence
from itertools import zip_longest

from django.db import connection, transaction

from core.page_cache import per_version
from search.analysis import Query
from search.engines.base import LIMIT, Candidates, Document, Engine, Filters, filter_token
from search.models import SearchEntry

# table → its columns, each with its weight; the last column holds the filters and is no sign of relevance
TABLES = {
    "search_titles": {"title": 4.0, "keywords": 3.0, "pairs": 5.0, "filters": 0.0},
    "search_texts": {"words": 1.0, "pairs": 2.0, "filters": 0.0},
}
# A token in more than this share of the entries is not asked for …
COMMON_SHARE = 0.1
# … but a fetch takes so many anyway.
NEVER_COMMON = LIMIT


class SqliteEngine(Engine):
    def write(self, documents: Sequence[Document]) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            self.remove([document.id for document in documents])
            rows = [(document.id, _texts(document)) for document in documents]
            for table, columns in TABLES.items():
                cursor.executemany(_insert(table, columns), [(page_id, *texts[table]) for page_id, texts in rows])
            packed = [(page_id, zlib.compress(json.dumps(texts).encode(), 1)) for page_id, texts in rows]
            cursor.executemany("INSERT INTO search_indexed (id, texts) VALUES (%s, %s)", packed)

    def remove(self, ids: Collection[int]) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT id, texts FROM search_indexed WHERE id IN (SELECT value FROM json_each(%s))",
                [json.dumps(list(ids))],
            )
            stored = [(page_id, json.loads(zlib.decompress(packed))) for page_id, packed in cursor.fetchall()]
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

    def candidates(self, question: Query, filters: Filters, limit: int = LIMIT) -> Candidates:
        """The best of the titles and the best of the texts, in turn."""
        asked = _asked(question, filters.locale_id)
        if not any(asked.values()):
            return Candidates()
        parts, values = [], []
        for table, columns in TABLES.items():
            if asked[table]:
                parts.append(_fetch(table, columns, filters))
                values += [table, _match(asked[table], filters)]
                values += [json.dumps(sorted(filters.pages))] if filters.pages is not None else []
                values.append(limit + 1)
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(parts), values)
            rows = cursor.fetchall()
        rows.sort(key=_by_rank)
        lists = [[page_id for found, page_id, _rank in rows if found == table] for table in TABLES]
        ids = tuple(dict.fromkeys(page_id for pair in zip_longest(*lists) for page_id in pair if page_id is not None))
        return Candidates(ids[:limit], is_full=len(ids) > limit)


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


def _fetch(table: str, columns: dict[str, float], filters: Filters) -> str:
    weights = ", ".join(map(str, columns.values()))
    pages = "AND rowid IN (SELECT value FROM json_each(%s)) " if filters.pages is not None else ""
    return (
        f"SELECT * FROM (SELECT %s, rowid, bm25({table}, {weights}) AS rank FROM {table} "  # noqa: S608 - constants
        f"WHERE {table} MATCH %s {pages}ORDER BY rank, rowid LIMIT %s)"
    )


def _by_rank(row: tuple[str, int, float]) -> tuple[float, int]:
    return row[2], row[1]


def _match(terms: Iterable[str], filters: Filters) -> str:
    groups = [terms, [filter_token("locale", str(filters.locale_id))]]
    groups += [[filter_token(name, value) for value in values] for name, values in filters.facets.items() if values]
    return " AND ".join(f"({_any(group)})" for group in groups)


def _any(terms: Iterable[str]) -> str:
    """Tokens are letters, digits, `_`, `:` and `-`, so a quoted one is a string of FTS5 whatever was typed."""
    return " OR ".join(f'"{term}"' for term in terms)


def _asked(question: Query, locale_id: int) -> dict[str, tuple[str, ...]]:
    """For each table the tokens worth asking for: the rare ones, or whatever there is where all are common."""
    terms = (*question.informative, *question.pairs)
    if not terms:
        return dict.fromkeys(TABLES, ())
    rare = _rare(terms, locale_id)
    fallback = question.pairs or question.syllables
    nothing_rare = not any(rare.values())
    return {table: fallback if nothing_rare else rare[table] for table in TABLES}


@per_version
def _rare(terms: tuple[str, ...], locale_id: int) -> dict[str, tuple[str, ...]]:
    """The tokens that stand in some entries of a table but in no more than a tenth; counting stops there."""
    entries = SearchEntry.objects.filter(locale_id=locale_id).count()
    most = max(NEVER_COMMON, int(entries * COMMON_SHARE))
    counts = [
        f"(SELECT count(*) FROM (SELECT 1 FROM {table} WHERE {table} MATCH %s LIMIT {most + 1}))"  # noqa: S608
        for table in TABLES
        for _term in terms
    ]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(counts)}", [f'"{term}"' for _table in TABLES for term in terms])
        found = iter(cursor.fetchone())
    return {table: tuple(term for term in terms if 0 < next(found) <= most) for table in TABLES}
