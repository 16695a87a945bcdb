"""The markers that are still on, in the order in which they are looked at again."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("housing", "0004_upload_security")]
    operations = [
        migrations.AddIndex(
            "marker",
            models.Index(fields=["until", "id"], condition=models.Q(("taken_off_at", None)), name="marker_still_on"),
        )
    ]
