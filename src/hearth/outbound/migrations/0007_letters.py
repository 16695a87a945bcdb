"""Letters that let somebody in, and messages that are tried again or told by telephone."""

from django.conf import settings
from pathlib import Path

from django.db import migrations, models

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):

    dependencies = [
        ('outbound', '0006_two_more_notices'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='decision',
            name='decision_kind_is_known',
        ),
        migrations.RemoveConstraint(
            model_name='decision',
            name='staff_notice_is_to_a_member_of_staff',
        ),
        migrations.RemoveConstraint(
            model_name='decision',
            name='decision_about_a_person_rests_on_a_record',
        ),
        migrations.RemoveConstraint(
            model_name='message',
            name='message_state_is_known',
        ),
        migrations.RemoveConstraint(
            model_name='message',
            name='message_words_are_known',
        ),
        migrations.AddField(
            model_name='message',
            name='enclosed',
            field=models.BinaryField(null=True),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['staff_notice', 'own_account', 'safe_contact', 'sharing'])), name='decision_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['staff_notice', 'own_account']), _negated=True), ('user__isnull', False), _connector='OR'), name='staff_notice_is_to_a_member_of_staff'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['staff_notice', 'own_account']), models.Q(models.Q(('rests_on_kind', ''), _negated=True), ('rests_on_id__isnull', False)), _connector='OR'), name='decision_about_a_person_rests_on_a_record'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'sent', 'failed', 'withheld', 'switched_off', 'told'])), name='message_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(('words__in', ['on_call_alert', 'on_call_passed_on', 'nobody_on_call', 'rota_gap', 'something_waits', 'welcome', 'forgotten'])), name='message_words_are_known'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'waiting'), ('enclosed', None), _connector='OR'), name='message_that_ended_encloses_nothing'),
        ),
        migrations.RunSQL((SQL / "0005_letters.sql").read_text(), migrations.RunSQL.noop),
    ]
