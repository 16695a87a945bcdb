"""Figures count themselves, in the transaction of what is counted. The SQL file is frozen with this migration."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [
        ("assurance", "0001_initial"),
        ("access", "0005_ledger"),
        ("timescales", "0002_row_security"),
    ]
    operations = [migrations.RunSQL((SQL / "0001_counts.sql").read_text(), migrations.RunSQL.noop)]
