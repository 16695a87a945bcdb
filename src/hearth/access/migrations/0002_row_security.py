"""Identity, circles, and the policies of the ground floors."""

from django.db import migrations

from hearth.access.row_security import definer_table, parent_key, protect, same_circle, worker_table
from hearth.ledger.sql_files import installed

KEPT = ("circle", "grant", "circlelink", "exclusion", "excludedcircle", "refusal")
LEDGER = ("ledger_entry", "ledger_entry_words", "ledger_change", "ledger_change_rows")


class Migration(migrations.Migration):
    dependencies = [("access", "0001_initial"), ("ledger", "0001_initial")]
    operations = [
        *installed(__file__, "identity", "parts", "circles", "protected", "acts"),
        *installed(__file__, "organisation", "references"),
        *(operation for table in KEPT for operation in definer_table(f"access_{table}", "select, insert, update")),
        *(operation for table in KEPT for operation in worker_table(f"access_{table}", "select")),
        *definer_table("access_apitoken", "select"),
        *installed(__file__, "who_reads", "tokens"),
        *protect("access_emergencyreview", append_only=True),
        *parent_key("access_grant"),
        *same_circle("access_emergencyreview", "grant_id", "access_grant"),
        *(operation for table in LEDGER for operation in protect(table, append_only=True, read_only=True)),
    ]
