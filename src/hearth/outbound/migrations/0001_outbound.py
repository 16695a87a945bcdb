"""The tables of outbound, as they were in the first release."""

import django.contrib.postgres.fields
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('access', '0001_initial'),
        ('organisation', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Alert',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('restricted', models.BooleanField(default=False)),
                ('about_kind', models.CharField(max_length=40)),
                ('about_id', models.BigIntegerField()),
                ('about', models.UUIDField()),
                ('kind', models.CharField(db_default='danger', default='danger', max_length=20)),
                ('passes_on_after', models.DurationField()),
                ('not_to_ring', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list)),
                ('raised_at', models.DateTimeField()),
                ('rung', models.PositiveSmallIntegerField(default=0)),
                ('round', models.PositiveSmallIntegerField(default=1)),
                ('rung_at', models.DateTimeField()),
                ('acknowledged_at', models.DateTimeField(null=True)),
                ('acknowledged_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('circle', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.circle')),
                ('raised_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('acknowledged_at', None)), fields=['rung_at'], name='alert_ringing')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('acknowledged_at', None)), fields=('circle', 'about_kind', 'about_id'), name='record_rings_once_at_a_time'), models.CheckConstraint(condition=models.Q(('kind__in', ['danger', 'first_look'])), name='alert_kind_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('acknowledged_at', None), ('acknowledged_by', None)), models.Q(('acknowledged_at__isnull', False), ('acknowledged_by__isnull', False)), _connector='OR'), name='acknowledged_alert_says_when_and_who')],
            },
        ),
        migrations.CreateModel(
            name='AlertStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rung', models.PositiveSmallIntegerField()),
                ('round', models.PositiveSmallIntegerField()),
                ('told_at', models.DateTimeField()),
                ('alert', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='outbound.alert')),
                ('circle', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.circle')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('circle', 'alert', 'round', 'rung', 'user'), name='user_is_rung_once_a_round')],
            },
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=20)),
                ('channel', models.CharField(max_length=10)),
                ('words', models.CharField(max_length=40)),
                ('address_digest', models.CharField(max_length=64)),
                ('is_allowed', models.BooleanField()),
                ('why', models.SlugField(max_length=40)),
                ('rests_on_kind', models.CharField(blank=True, max_length=40)),
                ('rests_on_id', models.BigIntegerField(null=True)),
                ('made_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['staff_notice', 'own_account', 'safe_contact', 'sharing'])), name='decision_kind_is_known'), models.CheckConstraint(condition=models.Q(('channel__in', ['email', 'text'])), name='decision_channel_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['staff_notice', 'own_account']), _negated=True), ('user__isnull', False), _connector='OR'), name='staff_notice_is_to_a_member_of_staff'), models.CheckConstraint(condition=models.Q(('kind__in', ['staff_notice', 'own_account']), models.Q(models.Q(('rests_on_kind', ''), _negated=True), ('rests_on_id__isnull', False)), _connector='OR'), name='decision_about_a_person_rests_on_a_record')],
            },
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('key', models.CharField(max_length=120, unique=True)),
                ('channel', models.CharField(max_length=10)),
                ('words', models.CharField(max_length=40)),
                ('address', models.BinaryField()),
                ('address_digest', models.CharField(max_length=64)),
                ('enclosed', models.BinaryField(null=True)),
                ('is_urgent', models.BooleanField(default=False)),
                ('made_at', models.DateTimeField()),
                ('state', models.CharField(default='waiting', max_length=20)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('next_try_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('problem', models.CharField(blank=True, max_length=40)),
                ('decision', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='message', to='outbound.decision')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'waiting')), fields=['-is_urgent', 'next_try_at'], name='message_due'), models.Index(condition=models.Q(('state__in', ['waiting', 'sent']), _negated=True), fields=['ended_at'], name='message_dead')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'sent', 'failed', 'withheld', 'switched_off', 'told'])), name='message_state_is_known'), models.CheckConstraint(condition=models.Q(('words__in', ['on_call_alert', 'on_call_passed_on', 'nobody_on_call', 'first_look', 'first_look_passed_on', 'rota_gap', 'something_waits', 'welcome', 'forgotten', 'anchor'])), name='message_words_are_known'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('state', 'waiting')), models.Q(models.Q(('state', 'waiting'), _negated=True), ('ended_at__isnull', False)), _connector='OR'), name='message_that_waits_has_not_ended'), models.CheckConstraint(condition=models.Q(('state', 'waiting'), ('enclosed', None), _connector='OR'), name='message_that_ended_encloses_nothing')],
            },
        ),
        migrations.CreateModel(
            name='Attempt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('was_sent', models.BooleanField()),
                ('problem', models.CharField(blank=True, max_length=40)),
                ('message', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attempts', to='outbound.message')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('was_sent', True)), fields=('message',), name='message_is_sent_once'), models.CheckConstraint(condition=models.Q(('was_sent', True), models.Q(('problem', ''), _negated=True), _connector='OR'), name='attempt_that_failed_says_why')],
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('key', models.CharField(max_length=120, unique=True)),
                ('words', models.CharField(max_length=40)),
                ('about_kind', models.CharField(blank=True, max_length=40)),
                ('about', models.UUIDField(null=True)),
                ('at', models.DateTimeField()),
                ('read_at', models.DateTimeField(null=True)),
                ('circle', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.circle')),
                ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['user', '-at'], name='notice_of_user'), models.Index(condition=models.Q(('about__isnull', False), ('read_at', None)), fields=['about'], name='notice_unread_of_record')],
                'constraints': [models.CheckConstraint(condition=models.Q(('words__in', ['on_call_alert', 'on_call_passed_on', 'nobody_on_call', 'first_look', 'first_look_passed_on', 'rota_gap', 'clock_warning', 'clock_breach', 'something_waits', 'still_worried', 'handover', 'feedback', 'break_glass', 'hazard', 'record_restricted', 'conflict_declared', 'shut_out_tried', 'decided_together'])), name='notice_words_are_known')],
            },
        ),
        migrations.CreateModel(
            name='RotaGap',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('entity', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('ended_at', None), ('ended_at__gte', models.F('starts_at')), _connector='OR'), name='rota_gap_ends_after_it_starts'), models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('entity',), name='one_gap_of_a_rota_is_open', nulls_distinct=False)],
            },
        ),
    ]
