"""Whoever told by a link is answered too when still worried. The SQL file is frozen with this migration."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql" / "0002_answer_receipts.sql"


class Migration(migrations.Migration):
    dependencies = [("triage", "0009_no_index_twice"), ("concerns", "0007_receipt_codes")]
    operations = [migrations.RunSQL(SQL.read_text(), migrations.RunSQL.noop)]
