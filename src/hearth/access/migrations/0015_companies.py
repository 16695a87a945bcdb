"""The company a record belongs to stands on its circle. The SQL file is frozen with this migration."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

SQL = Path(__file__).resolve().parent.parent / "sql" / "0015_companies.sql"


class Migration(migrations.Migration):
    dependencies = [("access", "0014_a_new_circle"), ("organisation", "0005_hashed_session_keys")]
    operations = [
        migrations.AddField(
            model_name="circle",
            name="entity",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisation.entity",
            ),
        ),
        migrations.RunSQL(SQL.read_text(), migrations.RunSQL.noop),
    ]
