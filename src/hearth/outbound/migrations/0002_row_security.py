"""Who may write, send and see what leaves. The SQL files are frozen with this migration."""

from pathlib import Path

from django.db import migrations

from hearth.access.row_security import house_table, open_table, protect, worker_table

SQL = Path(__file__).resolve().parent.parent / "sql"
PEOPLE = "hearth_broad, hearth_narrow"


def _file(name):
    return [migrations.RunSQL((SQL / name).read_text(), migrations.RunSQL.noop)]


class Migration(migrations.Migration):
    dependencies = [("outbound", "0001_outbound"), ("access", "0003_house")]
    operations = [
        *_file("0001_outbox.sql"),
        *house_table("outbound_decision"),
        *house_table("outbound_message", "select, insert"),
        *worker_table("outbound_decision", "select"),
        *worker_table("outbound_message", "select, update"),
        *worker_table("outbound_attempt", "select, insert"),
        *_file("0002_notices.sql"),
        *house_table("outbound_notice", "select, insert"),
        *_file("0003_on_call.sql"),
        *protect(
            "outbound_alert", arms=("id = any((select hearth.my_alerts())::bigint[])",), kind="alert", reference="public_id"
        ),
        *protect("outbound_alertstep", arms=("user_id = (select hearth.me())",), append_only=True),
        # People ring and acknowledge through the house only: whoever is rung may stand outside the circle.
        migrations.RunSQL(f"revoke insert, update on outbound_alert from {PEOPLE}", migrations.RunSQL.noop),
        migrations.RunSQL(f"revoke insert on outbound_alertstep from {PEOPLE}", migrations.RunSQL.noop),
        *house_table("outbound_alert"),
        *house_table("outbound_alertstep", "select, insert"),
        *house_table("access_excludedcircle", "select"),
        *open_table("outbound_rotagap"),
        *open_table("outbound_rotagap", write=True, to="hearth_house"),
    ]
