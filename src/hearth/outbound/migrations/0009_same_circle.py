"""A step of an alert lies in the circle of its alert (docs/adr/0064)."""

from django.db import migrations

from hearth.access.row_security import same_circle


class Migration(migrations.Migration):
    dependencies = [("outbound", "0008_shut_out_tried")]
    operations = [
        *same_circle("outbound_alertstep", "alert_id", "outbound_alert"),
    ]
