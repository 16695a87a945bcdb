"""A decision lies in the circle of its concern (docs/adr/0064)."""

from django.db import migrations

from hearth.access.row_security import same_circle


class Migration(migrations.Migration):
    dependencies = [("triage", "0003_watch_places"), ("concerns", "0003_same_circle")]
    operations = [
        *same_circle("triage_decision", "concern_id", "concerns_concern", parent_has_key=True),
        *same_circle("triage_watch", "concern_id", "concerns_concern", parent_has_key=True),
    ]
