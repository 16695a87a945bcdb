"""The house itself is told how promises are kept. The SQL file is frozen with this migration."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("assurance", "0006_asked_once")]
    operations = [migrations.RunSQL((SQL / "0006_told_to_the_house.sql").read_text(), migrations.RunSQL.noop)]
