"""The promise of a kind that falls due soonest is found at once."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("timescales", "0003_trying_policies")]
    operations = [
        migrations.AddIndex(
            model_name="clock",
            index=models.Index(
                condition=models.Q(("due_at__isnull", False), ("restricted", False), ("state", "running")),
                fields=["rule", "due_at"],
                name="clock_soonest_of_rule",
            ),
        ),
    ]
