"""What a gate stopped is counted. The SQL file is frozen with this migration."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("assurance", "0011_company_by_its_key")]
    operations = [migrations.RunSQL((SQL / "0011_acts_stopped.sql").read_text(), migrations.RunSQL.noop)]
