"""When whoever works on a trial began with it, so that a page can say how long it will take."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("timescales", "0009_companies")]
    operations = [migrations.AddField("trial", "began_at", models.DateTimeField(null=True))]
