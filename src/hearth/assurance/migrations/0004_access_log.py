"""Who looked, told to those who may ask; samples nobody picked. The SQL files are frozen with this migration."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [
        ("assurance", "0003_samples"),
        ("cases", "0003_row_security"),
        ("concerns", "0002_row_security"),
    ]
    operations = [
        migrations.RunSQL((SQL / name).read_text(), migrations.RunSQL.noop)
        for name in ("0002_access_log.sql", "0003_samples.sql")
    ]
