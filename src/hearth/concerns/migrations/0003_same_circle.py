"""What is added lies in the circle of its concern (docs/adr/0064)."""

from django.db import migrations, models

from hearth.access.row_security import same_circle


class Migration(migrations.Migration):
    dependencies = [("concerns", "0002_row_security")]
    operations = [
        *same_circle("concerns_addition", "concern_id", "concerns_concern"),
        *same_circle("concerns_worry", "concern_id", "concerns_concern", parent_has_key=True),
        migrations.AddIndex(
            "worry",
            models.Index(fields=["raised_at"], condition=models.Q(("answered_at", None)), name="worry_that_waits"),
        ),
    ]
