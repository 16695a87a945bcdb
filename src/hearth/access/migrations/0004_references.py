"""References that can be said aloud, claimed so that none is given twice."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("access", "0003_house")]
    operations = [migrations.RunSQL((SQL / "0006_references.sql").read_text(), migrations.RunSQL.noop)]
