"""Which circles are shut to somebody, from a statement planned once. The SQL file is frozen with this migration."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql" / "0006_planned_once.sql"


class Migration(migrations.Migration):
    dependencies = [("people", "0005_only_closeness_restricts"), ("access", "0012_planned_once")]
    operations = [migrations.RunSQL(SQL.read_text(), migrations.RunSQL.noop)]
