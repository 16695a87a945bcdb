"""Changed rows are noted with a third of the work. The SQL file is frozen with this migration."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql" / "0005_noted_once.sql"


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial"), ("access", "0001_initial")]
    operations = [migrations.RunSQL(SQL.read_text(), migrations.RunSQL.noop)]
