"""A declared conflict shuts a colleague out and no longer restricts the record. The SQL file is frozen with this."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql" / "0005_only_closeness_restricts.sql"


class Migration(migrations.Migration):
    dependencies = [("people", "0004_restricting")]
    operations = [migrations.RunSQL(SQL.read_text(), migrations.RunSQL.noop)]
