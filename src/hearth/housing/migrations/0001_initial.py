"""The tables of housing, as they were in the first release."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.text
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('access', '0001_initial'),
        ('organisation', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Home',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('reference', models.CharField(blank=True, max_length=50)),
                ('uprn', models.CharField(blank=True, max_length=12)),
                ('kind', models.CharField(default='home', max_length=20)),
                ('line_1', models.CharField(max_length=120)),
                ('line_2', models.CharField(blank=True, max_length=120)),
                ('line_3', models.CharField(blank=True, max_length=120)),
                ('town', models.CharField(blank=True, max_length=80)),
                ('postcode', models.CharField(blank=True, max_length=8)),
                ('address_plain', models.CharField(max_length=600)),
                ('address_sounds', models.CharField(blank=True, max_length=1200)),
                ('until', models.DateField(null=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('entity', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
                ('parent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='housing.home')),
            ],
            options={
                'indexes': [models.Index(fields=['postcode'], name='home_by_postcode', opclasses=['text_pattern_ops']), models.Index(django.db.models.functions.text.Upper('reference'), name='home_by_reference')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['home', 'block', 'estate', 'communal', 'other'])), name='home_kind_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('reference', ''), _negated=True), models.Q(('uprn', ''), _negated=True), _connector='OR'), name='home_has_a_reference_or_a_uprn'), models.CheckConstraint(condition=models.Q(('line_1', ''), _negated=True), name='home_has_an_address'), models.CheckConstraint(condition=models.Q(('parent', models.F('id')), _negated=True), name='home_is_not_part_of_itself'), models.UniqueConstraint(condition=models.Q(('reference', ''), _negated=True), fields=('reference',), name='home_reference_is_one'), models.UniqueConstraint(condition=models.Q(('uprn', ''), _negated=True), fields=('uprn',), name='home_uprn_is_one')],
            },
        ),
        migrations.CreateModel(
            name='Hazard',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('restricted', models.BooleanField(default=False)),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('kind', models.CharField(max_length=30)),
                ('vulnerable', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), default=list)),
                ('source', models.CharField(max_length=20)),
                ('aware_at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField()),
                ('hazard_class', models.CharField(blank=True, max_length=20)),
                ('classified_at', models.DateTimeField(null=True)),
                ('class_why', models.TextField(blank=True, max_length=2000)),
                ('investigated_at', models.DateTimeField(null=True)),
                ('work_needed', models.BooleanField(null=True)),
                ('summary_given_at', models.DateTimeField(null=True)),
                ('made_safe_at', models.DateTimeField(null=True)),
                ('decanted_at', models.DateTimeField(null=True)),
                ('prevention_begun_at', models.DateTimeField(null=True)),
                ('prevention_delayed_at', models.DateTimeField(null=True)),
                ('closed_at', models.DateTimeField(null=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('circle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.circle')),
                ('home', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='housing.home')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('closed_at', None)), fields=['recorded_at'], name='hazard_still_open')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['damp_mould', 'excess_cold', 'excess_heat', 'fire', 'electrical', 'gas_or_carbon_monoxide', 'water_or_drains', 'pests_or_hygiene', 'falls', 'structure', 'security', 'other'])), name='hazard_kind_is_known'), models.CheckConstraint(condition=models.Q(('source__in', ['concern', 'resident', 'visit', 'call', 'contractor', 'inspection', 'agency'])), name='hazard_source_is_known'), models.CheckConstraint(condition=models.Q(('vulnerable__contained_by', ['infant', 'child', 'older', 'pregnant', 'breathing', 'disabled', 'mobility', 'weak_immunity', 'mental_health', 'learning_disability', 'other_health'])), name='hazard_speaks_of_vulnerability_in_known_words'), models.CheckConstraint(condition=models.Q(models.Q(('class_why', ''), ('classified_at', None), ('hazard_class', '')), models.Q(('classified_at__isnull', False), ('hazard_class__in', ['emergency', 'significant', 'not_significant', 'no_hazard']), models.Q(('class_why', ''), _negated=True)), _connector='OR'), name='classified_hazard_says_what_when_and_why'), models.CheckConstraint(condition=models.Q(models.Q(('investigated_at', None), ('work_needed', None)), models.Q(('investigated_at__isnull', False), ('work_needed__isnull', False)), _connector='OR'), name='investigated_hazard_says_whether_work_is_needed')],
            },
        ),
        migrations.CreateModel(
            name='Marker',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('restricted', models.BooleanField(default=False)),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('kind', models.CharField(max_length=20)),
                ('words', models.CharField(max_length=200)),
                ('put_at', models.DateTimeField()),
                ('until', models.DateField()),
                ('taken_off_at', models.DateTimeField(null=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('circle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.circle')),
                ('home', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='housing.home')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('taken_off_at', None)), fields=['until', 'id'], name='marker_still_on')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['visit', 'access', 'contact', 'hold'])), name='marker_kind_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('home__isnull', False), ('person', None)), models.Q(('home', None), ('person__isnull', False)), _connector='OR'), name='marker_is_on_a_home_or_on_a_person'), models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='marker_has_words')],
            },
        ),
        migrations.CreateModel(
            name='RegisterImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('imported_at', models.DateTimeField()),
                ('files', models.JSONField(default=dict)),
                ('counts', models.JSONField(default=dict)),
                ('imported_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='RegisterUpload',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('uploaded_at', models.DateTimeField()),
                ('state', models.CharField(max_length=20)),
                ('begun_at', models.DateTimeField(null=True)),
                ('step', models.CharField(blank=True, max_length=80)),
                ('done', models.PositiveSmallIntegerField(default=0)),
                ('steps', models.PositiveSmallIntegerField(default=0)),
                ('kinds', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), default=list)),
                ('body', models.BinaryField(null=True)),
                ('counts', models.JSONField(default=dict)),
                ('faults', models.BinaryField(null=True)),
                ('problem', models.TextField(blank=True, max_length=2000)),
                ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['state', 'id'], name='upload_by_state')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['asked', 'looking', 'looked', 'confirmed', 'importing', 'done', 'failed', 'thrown_away'])), name='upload_state_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['done', 'failed', 'thrown_away']), _negated=True), ('body', None), _connector='OR'), name='upload_that_is_over_keeps_no_file')],
            },
        ),
        migrations.CreateModel(
            name='Tenancy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=50, unique=True)),
                ('kind', models.CharField(default='other', max_length=20)),
                ('tenure', models.CharField(default='not_known', max_length=20)),
                ('since', models.DateField(null=True)),
                ('until', models.DateField(null=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('home', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tenancies', to='housing.home')),
                ('household', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tenancies', to='people.household')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['sole', 'joint', 'other'])), name='tenancy_kind_is_known'), models.CheckConstraint(condition=models.Q(('tenure__in', ['social_rent', 'affordable_rent', 'supported', 'temporary', 'licence', 'shared_ownership', 'leasehold', 'private_rent', 'not_known'])), name='tenancy_tenure_is_known'), models.CheckConstraint(condition=models.Q(('until', None), ('since', None), ('until__gte', models.F('since')), _connector='OR'), name='tenancy_ends_after_it_starts')],
            },
        ),
        migrations.CreateModel(
            name='TenancyMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateField(null=True)),
                ('until', models.DateField(null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('tenancy', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='members', to='housing.tenancy')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('until', None), ('since', None), ('until__gte', models.F('since')), _connector='OR'), name='tenant_leaves_after_signing'), models.UniqueConstraint(fields=('tenancy', 'person'), name='tenant_signs_a_tenancy_once')],
            },
        ),
    ]
