"""Referrals are for their circle; a guest sees the one he was sent."""

from django.db import migrations

from hearth.access.row_security import protect, same_circle
from hearth.ledger.tables import track_changes


class Migration(migrations.Migration):
    dependencies = [("partners", "0001_initial"), ("cases", "0003_row_security"), ("concerns", "0002_row_security")]
    operations = [
        *protect(
            "partners_referral",
            arms=["id = any((select hearth.my_items('referral'))::bigint[])"],
            kind="referral",
            reference="public_id",
        ),
        *protect("partners_statutoryprocess", kind="process", reference="public_id"),
        *same_circle("partners_referral", "case_id", "cases_case"),
        *same_circle("partners_referral", "concern_id", "concerns_concern"),
        *same_circle("partners_statutoryprocess", "case_id", "cases_case"),
        *track_changes("partners_referral"),
        *track_changes("partners_statutoryprocess"),
    ]
