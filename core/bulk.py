"""Many rows of a model in one go: `bulk_create` for what is long or many.

Django makes the values part of the statement: on PostgreSQL they are quoted here and read again there, half of what it
takes to store an entry of search; on SQLite a statement of thousands of values is read anew each time. Here PostgreSQL
gets arrays beside the statement, in binary, and SQLite one short statement for all rows.
"""

from collections.abc import Sequence
from typing import Any

import psycopg
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import Field, Model


def insert(rows: Sequence[Model], *, unique: str = "", update: Sequence[str] = ()) -> None:
    """Insert rows of one model. With `update`, those whose `unique` field is there already have these fields updated.

    Fields that the database fills in are left to it, and not read again. No signals are sent.
    """
    if not rows:
        return
    meta, quoted = type(rows[0])._meta, connection.ops.quote_name
    fields = [field for field in meta.concrete_fields if not field.db_returning]
    names = ", ".join(quoted(field.column) for field in fields)
    into, conflict = f"INSERT INTO {quoted(meta.db_table)} ({names})", ""
    if update:
        columns = [quoted(meta.get_field(name).column) for name in update]
        changes = ", ".join(f"{column} = excluded.{column}" for column in columns)
        conflict = f" ON CONFLICT ({quoted(meta.get_field(unique).column)}) DO UPDATE SET {changes}"
    values = [_column(field, rows) for field in fields]
    if connection.vendor == "postgresql":
        arrays = ", ".join(f"%b::{_type(field)}[]" for field in fields)
        execute(f"{into} SELECT * FROM unnest({arrays}){conflict}", values)  # noqa: S608 - the model's own names
    else:
        places = ", ".join(["%s"] * len(fields))
        with connection.cursor() as cursor:
            cursor.executemany(f"{into} VALUES ({places}){conflict}", list(zip(*values, strict=True)))


def _column(field: "Field[Any, Any]", rows: Sequence[Model]) -> list[Any]:
    own = connections[DEFAULT_DB_ALIAS]  # `connection` looks it up with every value
    return [field.get_db_prep_save(field.pre_save(row, add=True), own) for row in rows]


def _type(field: "Field[Any, Any]") -> str:
    """Without a length: a cast would cut off silently what is too long; inserted, that is an error."""
    return str(field.db_type(connection)).partition("(")[0]


def execute(sql: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
    """The rows of a statement on PostgreSQL with its values beside it; `%b` stands for one in binary."""
    connection.ensure_connection()
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall() if cursor.description else []
