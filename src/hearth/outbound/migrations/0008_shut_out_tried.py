"""The leads are told when somebody who is shut out tries. The SQL file is frozen with this migration."""

from pathlib import Path

from django.db import migrations, models

SQL = Path(__file__).resolve().parent.parent / "sql" / "0006_shut_out_tried.sql"


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0005_ledger'),
        ('outbound', '0007_letters'),
        ('people', '0004_restricting'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='notice',
            name='notice_words_are_known',
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(('words__in', ['on_call_alert', 'on_call_passed_on', 'nobody_on_call', 'rota_gap', 'clock_warning', 'clock_breach', 'something_waits', 'still_worried', 'handover', 'feedback', 'break_glass', 'hazard', 'record_restricted', 'conflict_declared', 'shut_out_tried'])), name='notice_words_are_known'),
        ),
        migrations.RunSQL(SQL.read_text(), migrations.RunSQL.noop),
    ]
