"""People read what happened in their own circles; nobody writes in the ledger but through its one function."""

from django.db import migrations

from hearth.access.row_security import BOTH, protect

TABLES = ("ledger_entry", "ledger_entry_words", "ledger_change", "ledger_change_rows")


class Migration(migrations.Migration):
    dependencies = [("access", "0004_references"), ("ledger", "0001_initial")]
    operations = [
        *(operation for table in TABLES for operation in protect(table, append_only=True)),
        migrations.RunSQL(
            [f"revoke insert on {table} from {BOTH}" for table in TABLES]
            + [f"drop policy {role}_adds on {table}" for table in TABLES for role in ("broad", "narrow")],
            migrations.RunSQL.noop,
        ),
    ]
