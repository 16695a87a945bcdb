"""Decisions and watches are for the concern's circle."""

from django.db import migrations

from hearth.access.row_security import protect, same_circle
from hearth.ledger.sql_files import installed
from hearth.ledger.tables import track_changes


class Migration(migrations.Migration):
    dependencies = [("triage", "0001_initial"), ("concerns", "0002_row_security")]
    operations = [
        *protect("triage_decision", append_only=True, kind="decision", reference="public_id"),
        *protect("triage_watch", kind="watch", reference="public_id"),
        *same_circle("triage_decision", "concern_id", "concerns_concern"),
        *same_circle("triage_watch", "concern_id", "concerns_concern"),
        *installed(__file__, "let_answer"),
        *track_changes("triage_decision"),
        *track_changes("triage_watch"),
    ]
