"""Which circles are shut to somebody, from a statement planned once. The SQL file is frozen with this migration."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql" / "0005_planned_once.sql"


class Migration(migrations.Migration):
    dependencies = [("people", "0004_restricting"), ("access", "0011_planned_once")]
    operations = [migrations.RunSQL(SQL.read_text(), migrations.RunSQL.noop)]
