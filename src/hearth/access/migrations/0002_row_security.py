"""Identity, circles and the policies of the ground floors. The SQL files are frozen with this migration."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("access", "0001_initial"), ("organisation", "0001_initial")]
    operations = [
        migrations.RunSQL((SQL / name).read_text(), migrations.RunSQL.noop)
        for name in ("0001_identity.sql", "0002_circles.sql", "0003_acts.sql", "0004_tables.sql")
    ]
