"""People read the clocks of their circles; the house alone moves them, from what the ledger says happened."""

from django.db import migrations

from hearth.access.row_security import BOTH, house_table, open_table, own_policies, parent_key, protect, same_circle, worker_table
from hearth.ledger.sql_files import installed


class Migration(migrations.Migration):
    dependencies = [("timescales", "0001_initial"), ("access", "0002_row_security")]
    operations = [
        *protect("timescales_clock", read_only=True),
        *protect("timescales_notice", append_only=True, read_only=True),
        *parent_key("timescales_clock"),
        *same_circle("timescales_notice", "clock_id", "timescales_clock"),
        *house_table("timescales_clock"),
        *house_table("timescales_notice", "select, insert"),
        *worker_table("timescales_clock", "select, update"),
        *worker_table("timescales_notice", "select, insert"),
        *house_table("ledger_entry", "select"),
        # A policy that is tried leaves restricted records out: the house asks which circles are restricted.
        *house_table("access_circle", "select"),
        *open_table("timescales_calendarcorrection", to=f"{BOTH}, hearth_worker"),
        *open_table("timescales_turn", to=f"{BOTH}, hearth_worker"),
        migrations.RunSQL("grant select, insert on timescales_calendarcorrection to hearth_house", migrations.RunSQL.noop),
        migrations.RunSQL("grant select, insert, update on timescales_turn to hearth_house", migrations.RunSQL.noop),
        *own_policies("timescales_trial"),
        *worker_table("timescales_trial", "select, update"),
        *installed(__file__, "trials"),
    ]
