"""Who is in a circle, from statements planned once. The SQL file is frozen with this migration."""

from pathlib import Path

from django.db import migrations, models

SQL = Path(__file__).resolve().parent.parent / "sql" / "0012_planned_once.sql"


class Migration(migrations.Migration):
    dependencies = [("access", "0011_same_circle")]
    operations = [
        migrations.AddIndex(
            model_name="grant",
            index=models.Index(
                fields=["user"],
                include=["circle", "ends_at"],
                condition=models.Q(reach="full", ended_at=None),
                name="grant_in_full",
            ),
        ),
        migrations.RunSQL(SQL.read_text(), migrations.RunSQL.noop),
    ]
