# destructive: what is dropped is kept in another form, or made anew by the next rebuild.
from typing import Any

from django.db import migrations, models

from search.syllables import signs

BATCH = 1000


def write_together(apps: Any, schema_editor: Any) -> None:
    """Texts as the ranker reads them from now on; facts are packed by the next rebuild."""
    entries = apps.get_model("search", "SearchEntry").objects
    ids = list(entries.values_list("pk", flat=True))
    for start in range(0, len(ids), BATCH):
        batch = list(entries.filter(pk__in=ids[start : start + BATCH]).only("text_tokens"))
        for entry in batch:
            entry.text_signs = signs(entry.text_tokens.split())
        entries.bulk_update(batch, ["text_signs"])


class Migration(migrations.Migration):
    dependencies = [
        # citizens' words are loaded after the last migration, and raise the public version
        ("core", "0003_file_text"),
        ("search", "0013_known_tokens"),
    ]

    operations = [
        migrations.AddField("searchentry", "facts", models.TextField(blank=True)),
        migrations.AddField("searchentry", "text_signs", models.TextField(blank=True)),
        migrations.RunPython(write_together, migrations.RunPython.noop),
        migrations.RemoveField("searchentry", "names"),
        migrations.RemoveField("searchentry", "text_tokens"),
    ]
