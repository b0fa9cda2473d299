"""What only the embedded engine has: an index that holds together. What every engine does is in test_engines.py."""

import pytest
from django.core.checks import Error, Warning
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.checks import check_engine
from search.engines import engine, sqlite
from search.engines.base import Filters, NoEngine
from tests.search.documents import VI, document, some, terms

pytestmark = pytest.mark.skipif(connection.vendor != "sqlite", reason="the engine of SQLite")


@pytest.fixture
def fts(db):
    found = sqlite.SqliteEngine()
    found.clear()
    return found


@pytest.fixture
def filled(fts):
    fts.write(some())
    return fts


def ids(fts, question, **filters):
    return set(fts.candidates(terms(question), Filters(VI, **filters)).ids)


def sound(table):
    """FTS5's own check of an index; it raises where the index does not hold together."""
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({table}) VALUES ('integrity-check')")


def stored_tokens(table):
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE VIRTUAL TABLE temp.tokens USING fts5vocab(main, {table}, instance)")
        cursor.execute("SELECT doc, term, col, offset FROM temp.tokens ORDER BY 1, 3, 4")
        rows = cursor.fetchall()
        cursor.execute("DROP TABLE temp.tokens")
    return rows


def test_removing_leaves_no_token_behind(filled):
    filled.remove([1, 2, 3, 4, 5, 6])
    for table in sqlite.TABLES:
        assert stored_tokens(table) == []
        sound(table)


def test_a_second_writing_stores_the_same_tokens(filled):
    before = [stored_tokens(table) for table in sqlite.TABLES]
    again = document(2, "Đăng ký kết hôn", "giay khai sinh cua con", year="2018")
    filled.write([document(2, "Tên khác")])
    filled.write([again])
    assert [stored_tokens(table) for table in sqlite.TABLES] == before


def test_retaining_forgets_the_rest(filled):
    filled.retain({1, 4})
    assert ids(filled, "khai sinh") == {1, 4}
    sound("search_titles")


def test_a_facet_value_that_is_no_word_is_refused():
    with pytest.raises(ValueError, match="not an ASCII word"):
        document(1, "Trang", unit='x" OR "y')


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=st.text(max_size=200), names=st.text(max_size=80))
def test_any_text_can_be_stored_and_removed(fts, title, names):
    fts.write([document(1, title, keywords=names)])
    fts.remove([1])
    assert [stored_tokens(table) for table in sqlite.TABLES] == [[], []]


def test_the_database_names_its_engine():
    assert isinstance(engine(), sqlite.SqliteEngine)
    assert check_engine() == []


def test_a_database_without_an_engine_says_so_at_start(monkeypatch):
    monkeypatch.setattr(connection, "vendor", "oracle")
    assert isinstance(engine(), NoEngine)
    assert [type(message) for message in check_engine()] == [Warning]


def test_an_unknown_engine_is_an_error_at_start(settings):
    settings.PORTAL_SEARCH_ENGINE = "sqlight"
    assert [type(message) for message in check_engine()] == [Error]


def test_no_engine_takes_everything_and_finds_nothing():
    none = NoEngine()
    none.write([])
    none.remove([1])
    none.retain([1])
    none.clear()
    assert none.candidates(terms("khai sinh"), Filters(VI)).ids == ()


@pytest.mark.django_db
def test_the_tables_are_made_on_sqlite_only():
    migration = MigrationExecutor(connection).loader.get_migration("search", "0002_sqlite_tables")
    statements = []

    class Editor:
        connection = type("Other", (), {"vendor": "postgresql"})()
        execute = statements.append

    operation = migration.operations[0]
    operation.code(None, Editor())
    operation.reverse_code(None, Editor())
    assert statements == []
