"""Messages that left and notices that were given do not stay for ever: the jobs process removes them."""

from django.db import migrations

from hearth.access.row_security import worker_table


def _delete(table):
    return migrations.RunSQL(f"grant delete on {table} to hearth_worker", migrations.RunSQL.noop)


class Migration(migrations.Migration):
    dependencies = [("outbound", "0003_whom_to_tell")]
    operations = [
        _delete("outbound_message"),
        _delete("outbound_attempt"),
        *worker_table("outbound_notice", "select, delete"),
    ]
