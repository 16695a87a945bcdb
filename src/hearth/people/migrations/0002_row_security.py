"""Who sees a person and what one record says about them. The SQL files are frozen with this migration."""

from pathlib import Path

from django.db import migrations

from hearth.access.row_security import protect, worker_table
from hearth.ledger.tables import track_changes

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial"), ("access", "0003_house"), ("ledger", "0001_initial")]
    operations = [
        # protect() puts this trigger on tables as their owner.
        migrations.RunSQL(
            "set local role hearth_definer; grant execute on function hearth.fill_restricted() to hearth_owner;"
            " set local role none",
            migrations.RunSQL.noop,
        ),
        *protect("people_role"),
        *protect("people_relationship"),
        *protect("people_saidtolivethere"),
        *protect("people_safecontact"),
        *protect("people_wish", append_only=True),
        *(
            migrations.RunSQL((SQL / name).read_text(), migrations.RunSQL.noop)
            for name in ("0001_people.sql", "0002_exclusion.sql", "0003_owners.sql")
        ),
        *worker_table("people_person"),
        *worker_table("people_householdmember"),
        migrations.RunSQL("grant select, insert, update on people_household to hearth_worker", migrations.RunSQL.noop),
        *(
            operation
            for table in ("person", "household", "householdmember", "role", "relationship", "saidtolivethere", "wish")
            for operation in track_changes(f"people_{table}")
        ),
        *track_changes("people_safecontact", leaving_out=("value", "code_word")),
    ]
