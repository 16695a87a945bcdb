"""Two people let somebody in to what is recorded, and a lead reviews each emergency opening."""

from pathlib import Path

from django.db import migrations

from hearth.access.row_security import open_table, protect

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("access", "0008_emergency_reviews"), ("organisation", "0005_hashed_session_keys")]
    operations = [
        *open_table("organisation_proposal", write=True),
        *protect("access_emergencyreview", append_only=True),
        migrations.RunSQL((SQL / "0009_administering.sql").read_text(), migrations.RunSQL.noop),
    ]
