"""The company of a clock that begins is asked by its circle's key. The SQL file is frozen with this migration."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql" / "0010_company_by_its_key.sql"


class Migration(migrations.Migration):
    dependencies = [("assurance", "0010_worked_out_in_place")]
    operations = [migrations.RunSQL(SQL.read_text(), migrations.RunSQL.noop)]
