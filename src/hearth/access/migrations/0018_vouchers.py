"""Who acts is worked out once a transaction, and broad readers are asked row by row. The SQL is frozen with this file."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql" / "0018_vouchers.sql"


class Migration(migrations.Migration):
    dependencies = [("access", "0017_circles_by_part")]
    operations = [migrations.RunSQL(SQL.read_text(), migrations.RunSQL.noop)]
