"""Whoever takes an alert can open the record it rang for. The SQL file is frozen with this migration."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql" / "0004_answering.sql"


class Migration(migrations.Migration):
    dependencies = [("outbound", "0004_forgetting"), ("access", "0005_ledger")]
    operations = [migrations.RunSQL(SQL.read_text(), migrations.RunSQL.noop)]
