"""The exclusions, the newest first: a page of them is read from an index."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("access", "0012_planned_once")]
    operations = [
        migrations.AddIndex("exclusion", models.Index(fields=["-starts_at", "-id"], name="exclusion_newest_first"))
    ]
