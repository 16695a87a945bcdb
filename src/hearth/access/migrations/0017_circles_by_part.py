"""My circles are read from an index that answers alone. The SQL file is frozen with this migration."""

from pathlib import Path

from django.db import migrations, models
from django.db.models import Q

SQL = Path(__file__).resolve().parent.parent / "sql" / "0017_circles_by_part.sql"


class Migration(migrations.Migration):
    dependencies = [("access", "0016_no_index_twice")]
    operations = [
        migrations.RemoveIndex(model_name="grant", name="grant_of_part"),
        migrations.AddIndex(
            model_name="grant",
            index=models.Index(
                fields=["part", "circle"],
                include=["reach", "ends_at"],
                condition=~Q(part="") & Q(ended_at=None),
                name="grant_of_part",
            ),
        ),
        migrations.RunSQL(SQL.read_text(), migrations.RunSQL.noop),
    ]
