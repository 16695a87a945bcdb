"""How PostgreSQL tells samples without asking who asks for every row. The SQL file is frozen with this migration."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("assurance", "0005_promises")]
    operations = [migrations.RunSQL((SQL / "0005_asked_once.sql").read_text(), migrations.RunSQL.noop)]
