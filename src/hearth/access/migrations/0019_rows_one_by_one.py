"""The policies made before `hearth.ask_by_row()` are altered once. Those of later tables are altered as they are made."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0018_vouchers"),
        ("cases", "0007_no_index_twice"),
        ("concerns", "0007_receipt_codes"),
        ("housing", "0009_kinds_known"),
        ("outbound", "0012_done_and_paces"),
        ("partners", "0005_no_index_twice"),
        ("people", "0007_no_index_twice"),
        ("timescales", "0011_no_index_twice"),
        ("triage", "0010_answer_receipts"),
    ]
    operations = [migrations.RunSQL("call hearth.ask_by_row()", migrations.RunSQL.noop)]
