"""The tables of access, as they were in the first release."""

import django.contrib.postgres.fields
import django.contrib.postgres.functions
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organisation', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Circle',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('concern', 'concern'), ('case', 'case'), ('hazard', 'hazard'), ('allegation', 'allegation')], max_length=20)),
                ('restricted', models.BooleanField(default=False)),
                ('made_at', models.DateTimeField()),
                ('entity', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['concern', 'case', 'hazard', 'allegation'])), name='circle_kind_is_known')],
            },
        ),
        migrations.CreateModel(
            name='CircleLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('linked_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('case_circle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.circle')),
                ('joined_circle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.circle')),
                ('linked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('case_circle', models.F('joined_circle')), _negated=True), name='circle_is_not_linked_to_itself'), models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('case_circle', 'joined_circle'), name='circles_are_linked_once')],
            },
        ),
        migrations.CreateModel(
            name='ExcludedCircle',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('circle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.circle')),
                ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('user', 'circle'), name='circle_is_shut_to_somebody_once')],
            },
        ),
        migrations.CreateModel(
            name='Exclusion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person_id', models.BigIntegerField()),
                ('why', models.CharField(max_length=1000)),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField(null=True)),
                ('declared_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='exclusions', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['person_id', 'user'], name='exclusion_by_person'), models.Index(fields=['-starts_at', '-id'], name='exclusion_newest_first')],
            },
        ),
        migrations.CreateModel(
            name='Grant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(db_default=django.contrib.postgres.functions.RandomUUID(), default=uuid.uuid4, editable=False, unique=True)),
                ('part', models.CharField(blank=True, max_length=30)),
                ('reach', models.CharField(choices=[('full', 'full'), ('own_words', 'own_words'), ('marker', 'marker'), ('one_item', 'one_item')], max_length=20)),
                ('part_in_it', models.CharField(max_length=30)),
                ('item_kind', models.CharField(blank=True, max_length=30)),
                ('item_id', models.BigIntegerField(null=True)),
                ('why', models.CharField(blank=True, max_length=1000)),
                ('given_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('circle', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='grants', to='access.circle')),
                ('given_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('user', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='grants', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['user', 'circle'], include=('reach', 'ends_at', 'ended_at', 'part_in_it'), name='grant_of_user'), models.Index(condition=models.Q(models.Q(('part', ''), _negated=True), ('ended_at', None)), fields=['part', 'circle'], include=('reach', 'ends_at'), name='grant_of_part'), models.Index(condition=models.Q(('ended_at', None), ('reach', 'full')), fields=['user'], include=('circle', 'ends_at'), name='grant_in_full'), models.Index(condition=models.Q(('part_in_it', 'broke_glass')), fields=['-given_at'], name='grant_in_emergency')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('user', None), models.Q(('part', ''), _negated=True)), models.Q(('part', ''), ('user__isnull', False)), _connector='OR'), name='grant_is_to_a_user_or_to_a_part'), models.CheckConstraint(condition=models.Q(('reach__in', ['full', 'own_words', 'marker', 'one_item'])), name='grant_reach_is_known'), models.CheckConstraint(condition=models.Q(('ends_at', None), ('ends_at__gt', models.F('given_at')), _connector='OR'), name='grant_ends_after_it_starts'), models.CheckConstraint(condition=models.Q(models.Q(('reach', 'one_item'), _negated=True), models.Q(('item_id__isnull', False), models.Q(('item_kind', ''), _negated=True)), _connector='OR'), name='grant_of_one_item_names_it')],
            },
        ),
        migrations.CreateModel(
            name='EmergencyReview',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('finding', models.CharField(choices=[('needed', 'needed'), ('not_needed', 'not_needed'), ('taken_up', 'taken_up')], max_length=20)),
                ('why', models.CharField(max_length=2000)),
                ('reviewed_at', models.DateTimeField()),
                ('circle', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.circle')),
                ('reviewed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('grant', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='access.grant')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('finding__in', ['needed', 'not_needed', 'taken_up'])), name='emergency_finding_is_known'), models.UniqueConstraint(fields=('circle', 'grant'), name='emergency_is_reviewed_once')],
            },
        ),
        migrations.CreateModel(
            name='Refusal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('act', models.CharField(max_length=100)),
                ('page', models.CharField(max_length=100)),
                ('asked_for', models.CharField(blank=True, max_length=64)),
                ('restricted', models.BooleanField(default=False)),
                ('was_excluded', models.BooleanField(default=False)),
                ('at', models.DateTimeField()),
                ('circle', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.circle')),
                ('user', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='ApiToken',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('name', models.CharField(max_length=100)),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('scopes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20))),
                ('made_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('last_used_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['user', '-made_at'], name='token_of_user')],
                'constraints': [models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='token_has_a_name'), models.CheckConstraint(condition=models.Q(('scopes__contained_by', ['concerns:log', 'concerns:read', 'triage', 'cases:read', 'cases:write', 'register', 'hazards', 'work']), models.Q(('scopes', []), _negated=True)), name='token_scopes_are_known'), models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('made_at'))), name='token_ends_after_it_was_made')],
            },
        ),
    ]
