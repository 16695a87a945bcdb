"""Who reads needs and capacity decisions, and how a record about a colleague's own is shut."""

from pathlib import Path

from django.db import migrations

from hearth.access.row_security import protect
from hearth.ledger.tables import track_changes

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("people", "0003_people_in_records")]
    operations = [
        *protect("people_communication"),
        *protect("people_capacitydecision", append_only=True),
        *track_changes("people_communication"),
        *track_changes("people_capacitydecision"),
        migrations.RunSQL((SQL / "0004_wall_off.sql").read_text(), migrations.RunSQL.noop),
    ]
