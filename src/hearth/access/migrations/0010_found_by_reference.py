"""A record is found by its reference too; a row never slips past the restricting of its circle."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql" / "0010_found_by_reference.sql"


class Migration(migrations.Migration):
    dependencies = [("access", "0009_administering")]
    operations = [migrations.RunSQL(SQL.read_text(), migrations.RunSQL.noop)]
