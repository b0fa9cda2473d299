"""Tables of the embedded engine; other databases have none, there this migration does nothing."""

from django.db import migrations

CREATE = (
    "CREATE VIRTUAL TABLE search_titles USING fts5("
    "title, keywords, pairs, filters, content='', tokenize=\"ascii tokenchars '_:-'\")",
    "CREATE VIRTUAL TABLE search_texts USING fts5("
    "words, pairs, filters, content='', tokenize=\"ascii tokenchars '_:-'\")",
    "CREATE TABLE search_indexed (id integer NOT NULL PRIMARY KEY, texts blob NOT NULL)",
)
TABLES = ("search_titles", "search_texts", "search_indexed")


def create_tables(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for statement in CREATE:
            schema_editor.execute(statement)


def drop_tables(apps, schema_editor):
    # Destructive on purpose: undoing this migration loses an index that rebuild_search makes again.
    if schema_editor.connection.vendor == "sqlite":
        for table in TABLES:
            schema_editor.execute(f"DROP TABLE {table}")


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [migrations.RunPython(create_tables, drop_tables)]
