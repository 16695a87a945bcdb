"""What counts as what is worked out in place. The SQL file is frozen with this migration."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql" / "0009_worked_out_in_place.sql"


class Migration(migrations.Migration):
    dependencies = [("assurance", "0009_by_company")]
    operations = [migrations.RunSQL(SQL.read_text(), migrations.RunSQL.noop)]
