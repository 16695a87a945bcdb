"""The tables of concerns, as they were in the first release."""

import django.contrib.postgres.fields
import django.db.models.deletion
import hearth.concerns.terms
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('access', '0001_initial'),
        ('housing', '0001_initial'),
        ('organisation', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ReportingLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('name', models.CharField(max_length=200)),
                ('secret_digest', models.CharField(max_length=64, unique=True)),
                ('made_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField(null=True)),
                ('acts_as', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='reporting_link', to=settings.AUTH_USER_MODEL)),
                ('entity', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
            ],
        ),
        migrations.CreateModel(
            name='Concern',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('reference', models.CharField(max_length=12, unique=True)),
                ('restricted', models.BooleanField(default=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('idempotency_key', models.UUIDField()),
                ('came_by', models.CharField(max_length=10)),
                ('receipt_digest', models.CharField(blank=True, db_default='', default='', max_length=64)),
                ('logged_at', models.DateTimeField()),
                ('danger_now', models.BooleanField()),
                ('about_staff', models.CharField(max_length=10)),
                ('place', models.CharField(max_length=10)),
                ('elsewhere', models.CharField(blank=True, max_length=2000)),
                ('who', models.CharField(blank=True, max_length=2000)),
                ('noticed', models.TextField(max_length=20000)),
                ('thinks', models.TextField(blank=True, max_length=20000)),
                ('did', models.TextField(blank=True, max_length=20000)),
                ('wishes', models.TextField(blank=True, max_length=20000)),
                ('told_by', models.CharField(blank=True, max_length=20)),
                ('may_contact', models.BooleanField(null=True)),
                ('keep_name_from_family', models.BooleanField(null=True)),
                ('contact', models.CharField(blank=True, max_length=2000)),
                ('children_there', models.CharField(blank=True, max_length=10)),
                ('signs', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), default=list)),
                ('vulnerable', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), default=list)),
                ('something_else', models.CharField(blank=True, max_length=2000)),
                ('knows', models.CharField(blank=True, max_length=10)),
                ('agreed', models.CharField(blank=True, max_length=10)),
                ('parent_told', models.BooleanField(null=True)),
                ('parent_why_not', models.CharField(blank=True, max_length=2000)),
                ('stage', models.CharField(default=hearth.concerns.terms.Stage['RECEIVED'], max_length=20)),
                ('outcome', models.CharField(blank=True, max_length=20)),
                ('feedback', models.TextField(blank=True, max_length=2000)),
                ('feedback_held', models.BooleanField(default=False)),
                ('triage_due_at', models.DateTimeField(null=True)),
                ('circle', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.circle')),
                ('home', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='housing.home')),
                ('looked_at_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('reported_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('link', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='concerns.reportinglink')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('stage', hearth.concerns.terms.Stage['DECIDED']), _negated=True), fields=['-danger_now', 'triage_due_at', 'id'], include=('restricted', 'circle'), name='concern_queue'), models.Index(fields=['reported_by', '-logged_at'], name='concern_of_reporter'), models.Index(condition=models.Q(('receipt_digest', ''), _negated=True), fields=['receipt_digest'], name='concern_of_receipt'), models.Index(condition=models.Q(('home__isnull', False)), fields=['home', '-logged_at'], name='concern_at_home')],
                'constraints': [models.UniqueConstraint(fields=('reported_by', 'idempotency_key'), name='concern_is_logged_once'), models.CheckConstraint(condition=models.Q(('stage__in', [hearth.concerns.terms.Stage['RECEIVED'], hearth.concerns.terms.Stage['LOOKED_AT'], hearth.concerns.terms.Stage['DECIDED']])), name='concern_stage_is_known'), models.CheckConstraint(condition=models.Q(('about_staff__in', [hearth.concerns.terms.AboutStaff['YES'], hearth.concerns.terms.AboutStaff['NOT_SURE'], hearth.concerns.terms.AboutStaff['NO']])), name='concern_about_staff_is_answered'), models.CheckConstraint(condition=models.Q(('came_by__in', [hearth.concerns.terms.Came['PAGE'], hearth.concerns.terms.Came['LINK'], hearth.concerns.terms.Came['API'], hearth.concerns.terms.Came['PAPER']])), name='concern_came_by_a_known_way'), models.CheckConstraint(condition=models.Q(models.Q(('elsewhere', ''), ('place__in', [hearth.concerns.terms.Place['HOME'], hearth.concerns.terms.Place['NOT_KNOWN']])), models.Q(('place', hearth.concerns.terms.Place['ELSEWHERE']), models.Q(('elsewhere', ''), _negated=True)), _connector='OR'), name='concern_place_is_said_in_its_own_field'), models.CheckConstraint(condition=models.Q(('noticed', ''), _negated=True), name='concern_says_what_was_noticed'), models.CheckConstraint(condition=models.Q(('told_by__in', ['', hearth.concerns.terms.ToldBy['SAW_IT'], hearth.concerns.terms.ToldBy['THE_PERSON'], hearth.concerns.terms.ToldBy['FAMILY'], hearth.concerns.terms.ToldBy['RESIDENT'], hearth.concerns.terms.ToldBy['NEIGHBOUR'], hearth.concerns.terms.ToldBy['CONTRACTOR'], hearth.concerns.terms.ToldBy['AGENCY'], hearth.concerns.terms.ToldBy['ANONYMOUS']])), name='concern_told_by_is_known'), models.CheckConstraint(condition=models.Q(('children_there__in', ['', hearth.concerns.terms.Known['YES'], hearth.concerns.terms.Known['NO'], hearth.concerns.terms.Known['DONT_KNOW']])), name='concern_children_answer_is_known'), models.CheckConstraint(condition=models.Q(('knows__in', ['', hearth.concerns.terms.Knows['YES'], hearth.concerns.terms.Knows['NO'], hearth.concerns.terms.Knows['NOT_SAFE'], hearth.concerns.terms.Knows['NOT_ASKED']])), name='concern_knows_is_known'), models.CheckConstraint(condition=models.Q(('agreed', ''), models.Q(('agreed__in', [hearth.concerns.terms.Agreed['AGREED'], hearth.concerns.terms.Agreed['DID_NOT'], hearth.concerns.terms.Agreed['NOT_ABLE']]), ('knows', hearth.concerns.terms.Knows['YES'])), _connector='OR'), name='concern_agreement_only_where_the_person_knows'), models.CheckConstraint(condition=models.Q(models.Q(('stage', hearth.concerns.terms.Stage['DECIDED']), _negated=True), models.Q(('outcome', ''), _negated=True), _connector='OR'), name='concern_decided_has_an_outcome')],
            },
        ),
        migrations.CreateModel(
            name='Worry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('restricted', models.BooleanField(default=False)),
                ('idempotency_key', models.UUIDField()),
                ('raised_at', models.DateTimeField()),
                ('why', models.TextField(max_length=2000)),
                ('answered_at', models.DateTimeField(null=True)),
                ('answer', models.TextField(blank=True, max_length=2000)),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('circle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.circle')),
                ('concern', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='worries', to='concerns.concern')),
                ('raised_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['concern', 'raised_at'], name='worry_of_concern'), models.Index(condition=models.Q(('answered_at', None)), fields=['raised_at'], name='worry_that_waits')],
                'constraints': [models.UniqueConstraint(fields=('raised_by', 'idempotency_key'), name='worry_is_raised_once'), models.CheckConstraint(condition=models.Q(('why', ''), _negated=True), name='worry_says_why'), models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at', None), ('answered_by', None)), models.Q(('answered_at__isnull', False), ('answered_by__isnull', False), models.Q(('answer', ''), _negated=True)), _connector='OR'), name='worry_answer_says_who_when_and_what')],
            },
        ),
        migrations.CreateModel(
            name='Addition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('added_at', models.DateTimeField()),
                ('text', models.TextField(max_length=20000)),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('circle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.circle')),
                ('home', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='housing.home')),
                ('home_before', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='housing.home')),
                ('concern', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='additions', to='concerns.concern')),
            ],
            options={
                'indexes': [models.Index(fields=['concern', 'added_at'], name='addition_of_concern')],
                'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='addition_says_something')],
            },
        ),
    ]
