"""Tables of the PostgreSQL engine; on other databases this migration does nothing."""

from django.db import migrations

TABLES = ("search_titles", "search_texts")


def create_tables(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    for table in TABLES:
        schema_editor.execute(
            f"CREATE TABLE {table} ("
            "id bigint NOT NULL PRIMARY KEY, "
            "locale_id bigint NOT NULL, "
            "length integer NOT NULL, "
            "tokens tsvector NOT NULL)"
        )
        # Packing tokens costs more time than the space is worth.
        schema_editor.execute(f"ALTER TABLE {table} ALTER tokens SET STORAGE EXTERNAL")
        # New tokens wait in a list until the end of each writing, however many they are (in KiB).
        schema_editor.execute(
            f"CREATE INDEX {table}_tokens ON {table} USING gin (tokens) WITH (gin_pending_list_limit = 262144)"
        )


def drop_tables(apps, schema_editor):
    # Destructive on purpose: undoing this migration loses an index that rebuild_search makes again.
    if schema_editor.connection.vendor == "postgresql":
        for table in TABLES:
            schema_editor.execute(f"DROP TABLE {table}")


class Migration(migrations.Migration):
    dependencies = [("search", "0007_counted_log")]

    operations = [migrations.RunPython(create_tables, drop_tables)]
