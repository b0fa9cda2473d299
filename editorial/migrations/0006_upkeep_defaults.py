"""Intervals to begin with: services twice a year, what units and the authority say of themselves once."""

from django.db import migrations

MONTHS = {"services.servicepage": 6, "departments.departmentpage": 12, "home.contentpage": 12}


def add_rules(apps, schema_editor):
    rules = apps.get_model("editorial", "UpkeepRule").objects
    for kind, months in MONTHS.items():
        rules.get_or_create(kind=kind, defaults={"months": months})


class Migration(migrations.Migration):

    dependencies = [
        ('editorial', '0005_upkeep'),
    ]

    operations = [
        migrations.RunPython(add_rules, migrations.RunPython.noop),
    ]
