"""Everybody's watches that wait to be reviewed, in the order in which they are looked at again."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("triage", "0004_same_circle")]
    operations = [
        migrations.AddIndex(
            "watch",
            models.Index(fields=["review_on", "id"], condition=models.Q(("reviewed_at", None)), name="watch_that_waits"),
        )
    ]
