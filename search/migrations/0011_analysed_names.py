from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0010_suggested_titles"),
    ]

    operations = [
        migrations.AddField(
            model_name="searchentry",
            name="names",
            field=models.TextField(blank=True),
        ),
    ]
