"""Who reads files on their way into the register. The SQL file is frozen with this migration."""

from pathlib import Path

from django.db import migrations

from hearth.access.row_security import worker_table

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("housing", "0003_uploads")]
    operations = [
        migrations.RunSQL((SQL / "0002_uploads.sql").read_text(), migrations.RunSQL.noop),
        *worker_table("housing_registerupload", "select, update"),
    ]
