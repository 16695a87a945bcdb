"""Who sees a person and what one record says about them."""

from django.db import migrations

from hearth.access.row_security import definer_table, own_policies, protect, worker_table
from hearth.ledger.sql_files import installed
from hearth.ledger.tables import track_changes

IN_A_CIRCLE = ("role", "relationship", "saidtolivethere", "safecontact", "communication")
APPEND_ONLY = ("wish", "capacitydecision")
TRACKED = (
    "person", "household", "householdmember", "role", "relationship", "saidtolivethere", "wish", "communication",
    "capacitydecision",
)


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial"), ("access", "0002_row_security")]
    operations = [
        *(operation for table in IN_A_CIRCLE for operation in protect(f"people_{table}")),
        *(operation for table in APPEND_ONLY for operation in protect(f"people_{table}", append_only=True)),
        *definer_table("people_person"),
        *own_policies("people_householdmember"),
        *worker_table("people_person"),
        *worker_table("people_householdmember"),
        *installed(__file__, "register", "finding", "exclusion", "wall_off"),
        *(operation for table in TRACKED for operation in track_changes(f"people_{table}")),
        *track_changes("people_safecontact", leaving_out=("value", "code_word")),
    ]
