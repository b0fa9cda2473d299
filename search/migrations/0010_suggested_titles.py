"""Names that are suggested while typing, with what each database finds them by."""

import django.db.models.deletion
from django.db import migrations, models

# FTS5 gives rows in the order of their id, which is their rank; triggers keep it in step with the table.
SQLITE = (
    "CREATE VIRTUAL TABLE search_title_words USING fts5("
    "folded, locale_id, content='search_suggestedtitle', content_rowid='id', tokenize='ascii', prefix='1 2')",
    "CREATE TRIGGER search_title_added AFTER INSERT ON search_suggestedtitle BEGIN "
    "INSERT INTO search_title_words (rowid, folded, locale_id) VALUES (new.id, new.folded, new.locale_id); END",
    "CREATE TRIGGER search_title_removed AFTER DELETE ON search_suggestedtitle BEGIN "
    "INSERT INTO search_title_words (search_title_words, rowid, folded, locale_id) "
    "VALUES ('delete', old.id, old.folded, old.locale_id); END",
)
POSTGRESQL = (
    "CREATE INDEX search_title_begin ON search_suggestedtitle (locale_id, folded text_pattern_ops)",
    "CREATE INDEX search_title_words ON search_suggestedtitle USING gin (to_tsvector('simple', folded))",
)


def create(apps, schema_editor):
    statements = {"sqlite": SQLITE, "postgresql": POSTGRESQL}.get(schema_editor.connection.vendor, ())
    for statement in statements:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    # Destructive on purpose: what is lost is made again by rebuild_search. PostgreSQL's indexes go with their table.
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TABLE search_title_words")


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0009_files"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.CreateModel(
            name="SuggestedTitle",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("text", models.TextField()),
                ("folded", models.TextField()),
                (
                    "locale",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="wagtailcore.locale",
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="search.searchentry",
                    ),
                ),
            ],
        ),
        migrations.RunPython(create, drop),
    ]
