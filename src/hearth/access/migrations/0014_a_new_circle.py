"""Whoever makes a circle speaks for it at once. The SQL file is frozen with this migration."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql" / "0014_a_new_circle.sql"


class Migration(migrations.Migration):
    dependencies = [("access", "0013_exclusions_in_order")]
    operations = [migrations.RunSQL(SQL.read_text(), migrations.RunSQL.noop)]
