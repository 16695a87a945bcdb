"""The tables of organisation, as they were in the first release."""

import django.contrib.postgres.fields
import django.contrib.postgres.functions
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Entity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('email', models.EmailField(max_length=254, unique=True)),
                ('name', models.CharField(max_length=200)),
                ('kind', models.CharField(choices=[('employee', 'employee'), ('agency', 'agency'), ('contractor', 'contractor'), ('volunteer', 'volunteer'), ('board', 'board'), ('guest', 'guest'), ('auditor', 'auditor'), ('link', 'link')], max_length=20)),
                ('employer', models.CharField(blank=True, max_length=200)),
                ('is_active', models.BooleanField(default=True)),
                ('left_at', models.DateTimeField(blank=True, null=True)),
                ('until', models.DateTimeField(blank=True, null=True)),
                ('times_switched_off', models.PositiveIntegerField(db_default=0, default=0)),
                ('version', models.PositiveIntegerField(db_default=1, default=1)),
                ('person_id', models.BigIntegerField(blank=True, db_index=True, null=True)),
                ('is_demonstration', models.BooleanField(default=False)),
            ],
            options={
                'indexes': [models.Index(fields=['name', 'id'], name='user_by_name')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['employee', 'agency', 'contractor', 'volunteer', 'board', 'guest', 'auditor', 'link'])), name='user_kind_is_known'), models.CheckConstraint(condition=models.Q(('left_at', None), ('is_active', False), _connector='OR'), name='user_who_left_is_switched_off')],
            },
        ),
        migrations.CreateModel(
            name='Provider',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200)),
                ('nation', models.CharField(default='england', max_length=20)),
                ('is_demonstration', models.BooleanField(default=False)),
                ('only', models.BooleanField(default=True, unique=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('only', True)), name='there_is_one_provider')],
            },
        ),
        migrations.CreateModel(
            name='Team',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, unique=True)),
                ('entity', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='organisation.entity')),
            ],
        ),
        migrations.CreateModel(
            name='Post',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(max_length=80, unique=True)),
                ('title', models.CharField(max_length=200)),
                ('parts', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=30), default=list)),
                ('version', models.PositiveIntegerField(db_default=1, default=1)),
                ('team', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='organisation.team')),
            ],
        ),
        migrations.CreateModel(
            name='OnCallShift',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(db_default=django.contrib.postgres.functions.RandomUUID(), default=uuid.uuid4, editable=False, unique=True)),
                ('rung', models.PositiveSmallIntegerField(default=1)),
                ('phone', models.CharField(max_length=40)),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('entity', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shifts', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['ends_at', 'starts_at', 'rung'], name='shift_by_time')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='shift_ends_after_it_starts'), models.CheckConstraint(condition=models.Q(('rung__gte', 1)), name='shift_has_a_rung')],
            },
        ),
        migrations.CreateModel(
            name='Appointment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(db_default=django.contrib.postgres.functions.RandomUUID(), default=uuid.uuid4, editable=False, unique=True)),
                ('is_cover', models.BooleanField(default=False)),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField(blank=True, null=True)),
                ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='appointments', to=settings.AUTH_USER_MODEL)),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appointments', to='organisation.post')),
            ],
            options={
                'indexes': [models.Index(fields=['user', 'starts_at'], name='appointment_of_user')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_at', None), ('ends_at__gt', models.F('starts_at')), _connector='OR'), name='appointment_ends_after_it_starts')],
            },
        ),
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('is_cover', models.BooleanField(default=False)),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField(blank=True, null=True)),
                ('asked_at', models.DateTimeField()),
                ('agreed', models.BooleanField(null=True)),
                ('answered_at', models.DateTimeField(null=True)),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.post')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_at', None), ('ends_at__gt', models.F('starts_at')), _connector='OR'), name='proposal_ends_after_it_starts'), models.CheckConstraint(condition=models.Q(models.Q(('agreed', None), ('answered_at', None)), models.Q(('agreed__isnull', False), ('answered_at__isnull', False)), _connector='OR'), name='answered_proposal_says_when'), models.CheckConstraint(condition=models.Q(models.Q(('agreed', True), _negated=True), models.Q(models.Q(('answered_by', models.F('asked_by')), _negated=True), models.Q(('answered_by', models.F('user')), _negated=True)), _connector='OR'), name='nobody_agrees_to_what_he_asked_for'), models.UniqueConstraint(condition=models.Q(('agreed', None)), fields=('user', 'post'), name='proposal_waits_once_for_a_user_and_post')],
            },
        ),
    ]
