from django.db import migrations

# (kind, counted from, working days: normal, urgent, very urgent, basis)
DEFAULTS = [
    ("announcements.directivepage", "issue", 2, 1, 0, "Nghị định 43/2011/NĐ-CP, Điều 17; Quyết định 28/2018/QĐ-TTg"),
    ("announcements.announcementpage", "submission", 1, 1, 0, "Quy định nội bộ của Cổng"),
    ("services.servicepage", "submission", 5, 3, 0, "Quy định nội bộ của Cổng"),
    ("", "submission", 5, 3, 0, "Quy định nội bộ của Cổng"),
]


def give_defaults(apps, schema_editor):
    limits = apps.get_model("editorial", "TimeLimit").objects
    for kind, starts_with, normal, urgent, very_urgent, basis in DEFAULTS:
        days = {"normal_days": normal, "urgent_days": urgent, "very_urgent_days": very_urgent}
        limits.get_or_create(department=None, kind=kind, defaults={"starts_with": starts_with, "basis": basis, **days})


class Migration(migrations.Migration):
    dependencies = [("editorial", "0002_deadlines")]

    operations = [migrations.RunPython(give_defaults, migrations.RunPython.noop)]
