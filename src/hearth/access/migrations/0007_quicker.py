"""The functions that every request asks many times, quicker. The SQL file is frozen with this migration."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("access", "0006_tokens")]
    operations = [migrations.RunSQL((SQL / "0008_quicker.sql").read_text(), migrations.RunSQL.noop)]
