"""Whoever is given an action is told."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0003_in_the_leads_place'),
        ('outbound', '0003_closing_refused'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='notice',
            name='notice_words_are_known',
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(('words__in', ['on_call_alert', 'on_call_passed_on', 'nobody_on_call', 'first_look', 'first_look_passed_on', 'rota_gap', 'clock_warning', 'clock_breach', 'something_waits', 'still_worried', 'handover', 'action_given', 'closing_refused', 'feedback', 'break_glass', 'hazard', 'record_restricted', 'conflict_declared', 'shut_out_tried', 'decided_together'])), name='notice_words_are_known'),
        ),
    ]
