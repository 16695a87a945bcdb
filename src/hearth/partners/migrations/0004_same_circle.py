"""A referral lies in the circle of what it was made for (docs/adr/0064)."""

from django.db import migrations

from hearth.access.row_security import same_circle


class Migration(migrations.Migration):
    dependencies = [("partners", "0003_answers"), ("cases", "0005_same_circle"), ("concerns", "0003_same_circle")]
    operations = [
        *same_circle("partners_referral", "case_id", "cases_case", parent_has_key=True),
        *same_circle("partners_referral", "concern_id", "concerns_concern", parent_has_key=True),
        *same_circle("partners_statutoryprocess", "case_id", "cases_case", parent_has_key=True),
    ]
