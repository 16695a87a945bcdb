"""The identity of the house itself, for what it keeps on everybody's behalf."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("access", "0002_row_security")]
    operations = [migrations.RunSQL((SQL / "0005_house.sql").read_text(), migrations.RunSQL.noop)]
