"""Who reads policies that were tried. The SQL file is frozen with this migration."""

from pathlib import Path

from django.db import migrations

from hearth.access.row_security import worker_table

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("timescales", "0006_trials")]
    operations = [
        migrations.RunSQL((SQL / "0001_trials.sql").read_text(), migrations.RunSQL.noop),
        *worker_table("timescales_trial", "select, update"),
    ]
