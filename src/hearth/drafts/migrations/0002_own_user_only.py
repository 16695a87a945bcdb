"""Row security of drafts. The SQL file is frozen with this migration."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("drafts", "0001_drafts"), ("access", "0002_row_security")]
    operations = [migrations.RunSQL((SQL / "0001_own_user_only.sql").read_text(), migrations.RunSQL.noop)]
