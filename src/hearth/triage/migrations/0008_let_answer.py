"""A reporter who is still worried about a restricted record can be answered. The SQL file is frozen with this migration."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql" / "0001_let_answer.sql"


class Migration(migrations.Migration):
    dependencies = [("triage", "0007_decision_level"), ("concerns", "0004_companies"), ("people", "0006_planned_once")]
    operations = [migrations.RunSQL(SQL.read_text(), migrations.RunSQL.noop)]
