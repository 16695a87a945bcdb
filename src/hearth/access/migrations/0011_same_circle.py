"""A review lies in the circle of the opening it is of (docs/adr/0064)."""

from django.db import migrations, models

from hearth.access.row_security import same_circle


class Migration(migrations.Migration):
    dependencies = [("access", "0010_found_by_reference")]
    operations = [
        *same_circle("access_emergencyreview", "grant_id", "access_grant"),
        migrations.AddIndex(
            "grant",
            models.Index(
                fields=["-given_at"], condition=models.Q(("part_in_it", "broke_glass")), name="grant_in_emergency"
            ),
        ),
    ]
