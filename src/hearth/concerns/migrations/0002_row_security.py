"""Who sees a concern: its circle whole, its reporter his own words, a link only what it is just sending."""

from django.db import migrations

from hearth.access.row_security import open_table, parent_key, protect, same_circle
from hearth.ledger.sql_files import installed
from hearth.ledger.tables import track_changes


class Migration(migrations.Migration):
    dependencies = [("concerns", "0001_initial"), ("access", "0002_row_security")]
    operations = [
        *installed(__file__, "words"),
        *open_table("concerns_reportinglink", write=True),
        *open_table("concerns_reportinglink", to="hearth_app"),
        *protect(
            "concerns_concern",
            arms=["reported_by_id = (select hearth.me()) and (link_id is null or idempotency_key = (select hearth.my_key()))"],
            kind="concern",
            reference="public_id",
        ),
        *protect("concerns_addition", append_only=True),
        *protect(
            "concerns_worry",
            arms=["raised_by_id = (select hearth.me())"],
            adds=["raised_by_id = (select hearth.me()) and circle_id = any((select hearth.my_own_words())::bigint[])"],
            kind="worry",
            reference="public_id",
        ),
        *installed(__file__, "receipts"),
        *parent_key("concerns_concern"),
        *same_circle("concerns_addition", "concern_id", "concerns_concern"),
        *same_circle("concerns_worry", "concern_id", "concerns_concern"),
        *track_changes("concerns_concern", leaving_out=["receipt_digest"]),
        *track_changes("concerns_addition"),
        *track_changes("concerns_worry"),
        *track_changes("concerns_reportinglink", leaving_out=["secret_digest"]),
    ]
