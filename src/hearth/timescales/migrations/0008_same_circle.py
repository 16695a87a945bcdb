"""A notice lies in the circle of its clock (docs/adr/0064)."""

from django.db import migrations

from hearth.access.row_security import same_circle


class Migration(migrations.Migration):
    dependencies = [("timescales", "0007_trial_security")]
    operations = [
        *same_circle("timescales_notice", "clock_id", "timescales_clock"),
    ]
