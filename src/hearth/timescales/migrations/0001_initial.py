"""The tables of timescales, as they were in the first release."""

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
            name='CalendarCorrection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('entry', models.BigIntegerField(unique=True)),
                ('nation', models.CharField(max_length=20)),
                ('day', models.DateField()),
                ('working', models.BooleanField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('nation__in', ['england', 'wales', 'scotland', 'northern_ireland'])), name='corrected_calendar_is_of_a_nation')],
            },
        ),
        migrations.CreateModel(
            name='Clock',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('restricted', models.BooleanField(default=False)),
                ('about_kind', models.CharField(max_length=30)),
                ('about_id', models.BigIntegerField()),
                ('rule', models.CharField(max_length=80)),
                ('digest', models.CharField(max_length=64)),
                ('clause', models.CharField(max_length=40)),
                ('force', models.CharField(max_length=20)),
                ('whose', models.CharField(max_length=20)),
                ('owner_part', models.CharField(max_length=30)),
                ('started_by_entry', models.BigIntegerField()),
                ('started_at', models.DateTimeField()),
                ('counted_from', models.DateTimeField()),
                ('limit', models.CharField(blank=True, max_length=40)),
                ('on_day', models.DateField(null=True)),
                ('facts', models.JSONField(default=dict)),
                ('state', models.CharField(max_length=20)),
                ('stopped_by_entry', models.BigIntegerField(null=True)),
                ('stopped_at', models.DateTimeField(null=True)),
                ('pauses', models.JSONField(default=list)),
                ('extended_to', models.DateField(null=True)),
                ('due_at', models.DateTimeField(null=True)),
                ('due_day', models.DateField(null=True)),
                ('next_notice_at', models.DateTimeField(null=True)),
                ('changed_by_late_entry', models.BigIntegerField(null=True)),
                ('circle', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.circle')),
                ('owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['about_kind', 'about_id'], name='clock_of_record'), models.Index(condition=models.Q(('state__in', ['paused', 'running'])), fields=['circle'], name='clock_going_in_circle'), models.Index(condition=models.Q(('due_at__isnull', False), ('state', 'running')), fields=['whose', 'owner_part', 'due_at', 'id'], name='clock_due_by_part'), models.Index(condition=models.Q(('due_at__isnull', False), ('state', 'running')), fields=['owner', 'due_at', 'id'], name='clock_due_by_owner'), models.Index(condition=models.Q(('due_at__isnull', False), ('state', 'running')), fields=['whose', 'due_at', 'id'], name='clock_due'), models.Index(condition=models.Q(('due_at__isnull', False), ('restricted', False), ('state', 'running')), fields=['rule', 'due_at'], name='clock_soonest_of_rule'), models.Index(condition=models.Q(('next_notice_at__isnull', False)), fields=['next_notice_at'], name='clock_next_notice')],
                'constraints': [models.UniqueConstraint(fields=('circle', 'about_kind', 'about_id', 'rule', 'started_by_entry'), name='an_entry_begins_a_promise_once'), models.UniqueConstraint(condition=models.Q(('state__in', ['paused', 'running'])), fields=('circle', 'about_kind', 'about_id', 'rule'), name='a_promise_runs_once_for_a_record'), models.CheckConstraint(condition=models.Q(('state__in', ['running', 'paused', 'met', 'ended', 'void'])), name='clock_state_is_known'), models.CheckConstraint(condition=models.Q(('force__in', ['statutory', 'policy', 'default'])), name='clock_force_is_known'), models.CheckConstraint(condition=models.Q(('whose__in', ['ours', 'watched'])), name='clock_is_ours_or_watched'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['paused', 'running']), ('stopped_at', None), ('stopped_by_entry', None)), models.Q(('state__in', ['met', 'ended']), ('stopped_at__isnull', False), ('stopped_by_entry__isnull', False)), ('state', 'void'), _connector='OR'), name='stopped_clock_says_when_and_by_what')],
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rung', models.CharField(max_length=60)),
                ('given_at', models.DateTimeField()),
                ('circle', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.circle')),
                ('clock', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='timescales.clock')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('circle', 'clock', 'rung'), name='a_notice_is_given_once')],
            },
        ),
        migrations.CreateModel(
            name='Trial',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('digest', models.CharField(max_length=64)),
                ('title', models.CharField(max_length=200)),
                ('version', models.CharField(max_length=40)),
                ('since', models.DateTimeField()),
                ('until', models.DateTimeField()),
                ('asked_at', models.DateTimeField()),
                ('state', models.CharField(max_length=20)),
                ('began_at', models.DateTimeField(null=True)),
                ('step', models.CharField(blank=True, max_length=30)),
                ('done', models.BigIntegerField(default=0)),
                ('steps', models.BigIntegerField(default=0)),
                ('records', models.BigIntegerField(default=0)),
                ('happenings', models.BigIntegerField(default=0)),
                ('left_out', models.BigIntegerField(default=0)),
                ('figures', models.JSONField(default=list)),
                ('named', models.JSONField(default=list)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('entity', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state__in', ['asked', 'working'])), fields=['id'], name='trial_waits'), models.Index(fields=['-asked_at'], name='trial_newest_first')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['asked', 'working', 'done', 'failed'])), name='trial_state_is_known'), models.CheckConstraint(condition=models.Q(('since__lt', models.F('until'))), name='trial_looks_at_some_time')],
            },
        ),
        migrations.CreateModel(
            name='Turn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('entry', models.BigIntegerField(unique=True)),
                ('digest', models.CharField(max_length=64)),
                ('at', models.DateTimeField()),
                ('upto', models.BigIntegerField(default=0)),
                ('finished_at', models.DateTimeField(null=True)),
                ('entity', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('at', 'entity'), name='a_policy_comes_into_force_once_at_a_time', nulls_distinct=False)],
            },
        ),
    ]
