"""A note, an action, a contact lies in the circle of its case (docs/adr/0064)."""

from django.db import migrations

from hearth.access.row_security import same_circle


class Migration(migrations.Migration):
    dependencies = [("cases", "0004_searching")]
    operations = [
        *same_circle("cases_caseconcern", "case_id", "cases_case"),
        *same_circle("cases_action", "case_id", "cases_case", parent_has_key=True),
        *same_circle("cases_closure", "case_id", "cases_case", parent_has_key=True),
        *same_circle("cases_contact", "case_id", "cases_case", parent_has_key=True),
        *same_circle("cases_handover", "case_id", "cases_case", parent_has_key=True),
        *same_circle("cases_note", "case_id", "cases_case", parent_has_key=True),
        *same_circle("cases_review", "case_id", "cases_case", parent_has_key=True),
        *same_circle("cases_riskband", "case_id", "cases_case", parent_has_key=True),
        *same_circle("cases_note", "corrects_id", "cases_note"),
    ]
