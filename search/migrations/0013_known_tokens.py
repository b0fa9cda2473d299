"""PostgreSQL is to know how common the 10,000 commonest tokens are: the others are counted with each question.

On other databases this migration does nothing.
"""

from django.db import migrations

TABLES = ("search_titles", "search_texts")
# ANALYZE keeps ten tokens a point.
STATISTICS = 1000
DEFAULT = -1


def set_statistics(schema_editor, points):
    if schema_editor.connection.vendor == "postgresql":
        for table in TABLES:
            schema_editor.execute(f"ALTER TABLE {table} ALTER tokens SET STATISTICS {points}")


class Migration(migrations.Migration):
    dependencies = [("search", "0012_fewer_indexes")]

    operations = [
        migrations.RunPython(
            lambda apps, schema_editor: set_statistics(schema_editor, STATISTICS),
            lambda apps, schema_editor: set_statistics(schema_editor, DEFAULT),
        )
    ]
