"""How the promises of one company's policy stand. The SQL file is frozen with this migration."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("assurance", "0007_told_to_the_house")]
    operations = [migrations.RunSQL((SQL / "0007_companies.sql").read_text(), migrations.RunSQL.noop)]
