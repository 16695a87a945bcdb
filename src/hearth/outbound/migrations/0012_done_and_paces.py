"""What is done is taken as read, and an alert says of which kind it is. The SQL file is frozen with this migration."""

from django.conf import settings
from pathlib import Path

from django.db import migrations, models

SQL = Path(__file__).resolve().parent.parent / "sql" / "0007_done.sql"


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0016_no_index_twice'),
        ('outbound', '0011_anchor'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='message',
            name='message_words_are_known',
        ),
        migrations.RemoveConstraint(
            model_name='notice',
            name='notice_words_are_known',
        ),
        migrations.AddField(
            model_name='alert',
            name='kind',
            field=models.CharField(db_default='danger', default='danger', max_length=20),
        ),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(condition=models.Q(('about__isnull', False), ('read_at', None)), fields=['about'], name='notice_unread_of_record'),
        ),
        migrations.AddConstraint(
            model_name='alert',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['danger', 'first_look'])), name='alert_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(('words__in', ['on_call_alert', 'on_call_passed_on', 'nobody_on_call', 'first_look', 'first_look_passed_on', 'rota_gap', 'something_waits', 'welcome', 'forgotten', 'anchor'])), name='message_words_are_known'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(('words__in', ['on_call_alert', 'on_call_passed_on', 'nobody_on_call', 'first_look', 'first_look_passed_on', 'rota_gap', 'clock_warning', 'clock_breach', 'something_waits', 'still_worried', 'handover', 'feedback', 'break_glass', 'hazard', 'record_restricted', 'conflict_declared', 'shut_out_tried', 'decided_together'])), name='notice_words_are_known'),
        ),
        migrations.RunSQL(SQL.read_text(), migrations.RunSQL.noop),
    ]
