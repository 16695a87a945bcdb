"""A case and everything in it is for its circle; notes are searched through one function that keeps the same rules."""

from django.db import migrations

from hearth.access.row_security import parent_key, protect, same_circle
from hearth.ledger.sql_files import installed
from hearth.ledger.tables import track_changes

CALLED = {"case": "case", "action": "action", "handover": "handover", "closure": "closure"}
APPEND_ONLY = ("contact", "riskband", "review")
TRACKED = ("case", "caseconcern", "action", "handover", "closure", *APPEND_ONLY)
OF_A_CASE = ("note", *(table for table in TRACKED if table != "case"))


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial"), ("access", "0002_row_security")]
    operations = [
        *(step for table, kind in CALLED.items() for step in protect(f"cases_{table}", kind=kind, reference="public_id")),
        *protect("cases_caseconcern"),
        *protect("cases_note", append_only=True, kind="note", reference="public_id"),
        *(step for table in APPEND_ONLY for step in protect(f"cases_{table}", append_only=True)),
        *parent_key("cases_case"),
        *parent_key("cases_note"),
        *(step for table in OF_A_CASE for step in same_circle(f"cases_{table}", "case_id", "cases_case")),
        *same_circle("cases_note", "corrects_id", "cases_note"),
        *installed(__file__, "searching"),
        *(step for table in TRACKED for step in track_changes(f"cases_{table}")),
        # Its words follow from its text, so what the ledger keeps of a note leaves them out.
        *track_changes("cases_note", leaving_out=["words"]),
    ]
