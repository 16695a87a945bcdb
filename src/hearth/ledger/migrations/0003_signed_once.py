"""Entries are signed once for each statement. The SQL file is frozen with this migration."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql" / "0006_signed_once.sql"


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_noted_once"), ("access", "0009_administering")]
    operations = [migrations.RunSQL(SQL.read_text(), migrations.RunSQL.noop)]
