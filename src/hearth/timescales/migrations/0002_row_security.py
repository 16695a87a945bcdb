"""People read the clocks of their circles; the house alone moves them, from what the ledger says happened."""

from django.db import migrations

from hearth.access.row_security import BOTH, house_table, open_table, protect, worker_table


class Migration(migrations.Migration):
    dependencies = [
        ("timescales", "0001_initial"),
        ("access", "0003_house"),
        ("ledger", "0001_initial"),
        ("policy", "0002_rights"),
    ]
    operations = [
        *protect("timescales_clock"),
        *protect("timescales_notice", append_only=True),
        migrations.RunSQL(
            f"revoke insert, update on timescales_clock, timescales_notice from {BOTH}", migrations.RunSQL.noop
        ),
        *house_table("timescales_clock"),
        *house_table("timescales_notice", "select, insert"),
        *worker_table("timescales_clock", "select, update"),
        *worker_table("timescales_notice", "select, insert"),
        *open_table("timescales_calendarcorrection", to=f"{BOTH}, hearth_worker"),
        migrations.RunSQL(
            "grant select, insert on timescales_calendarcorrection to hearth_house", migrations.RunSQL.noop
        ),
        # A late entry has the whole history of its record told again.
        *house_table("ledger_entry", "select"),
    ]
