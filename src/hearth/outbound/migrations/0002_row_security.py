"""Who may write, send and see what leaves."""

from django.db import migrations

from hearth.access.row_security import house_table, open_table, own_policies, parent_key, protect, same_circle, worker_table
from hearth.ledger.sql_files import installed


class Migration(migrations.Migration):
    dependencies = [("outbound", "0001_outbound"), ("access", "0002_row_security"), ("people", "0002_row_security")]
    operations = [
        *own_policies("outbound_decision"),
        *own_policies("outbound_message"),
        *own_policies("outbound_attempt"),
        *own_policies("outbound_notice"),
        *house_table("outbound_decision"),
        *house_table("outbound_message", "select, insert"),
        *house_table("outbound_notice", "select, insert"),
        *worker_table("outbound_decision", "select"),
        *worker_table("outbound_message", "select, update"),
        *worker_table("outbound_attempt", "select, insert"),
        *worker_table("outbound_notice", "select, delete"),
        *installed(__file__, "outbox", "notices", "on_call"),
        *protect(
            "outbound_alert",
            arms=("id = any((select hearth.my_alerts())::bigint[])",),
            read_only=True,
            kind="alert",
            reference="public_id",
        ),
        *protect("outbound_alertstep", arms=("user_id = (select hearth.me())",), append_only=True, read_only=True),
        *parent_key("outbound_alert"),
        *same_circle("outbound_alertstep", "alert_id", "outbound_alert"),
        *house_table("outbound_alert"),
        *house_table("outbound_alertstep", "select, insert"),
        # The house looks up who has a place in a record, so that whoever keeps a promise is told when it runs out.
        *house_table("access_grant", "select"),
        *house_table("access_excludedcircle", "select"),
        *open_table("outbound_rotagap"),
        *open_table("outbound_rotagap", write=True, to="hearth_house"),
    ]
