"""The tables of triage, as they were in the first release."""

import django.contrib.postgres.fields
import django.db.models.deletion
import hearth.triage.terms
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('access', '0001_initial'),
        ('concerns', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('idempotency_key', models.UUIDField()),
                ('with_whom', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), db_default=[], default=list)),
                ('decided_at', models.DateTimeField()),
                ('outcome', models.CharField(max_length=20)),
                ('considered', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), default=list)),
                ('why', models.TextField(max_length=20000)),
                ('clause', models.CharField(max_length=80)),
                ('harm', models.CharField(blank=True, max_length=60)),
                ('factors', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=140), db_default=[], default=list)),
                ('level', models.CharField(blank=True, db_default='', default='', max_length=60)),
                ('subject', models.CharField(max_length=20)),
                ('children_in_household', models.CharField(max_length=10)),
                ('domestic_abuse', models.BooleanField(default=False)),
                ('child_decision', models.CharField(blank=True, max_length=20)),
                ('adult_wishes_only', models.BooleanField(null=True)),
                ('care_needs', models.CharField(blank=True, max_length=10)),
                ('care_needs_why', models.TextField(blank=True, max_length=2000)),
                ('at_risk', models.CharField(blank=True, max_length=10)),
                ('at_risk_why', models.TextField(blank=True, max_length=2000)),
                ('unable_to_protect', models.CharField(blank=True, max_length=10)),
                ('unable_to_protect_why', models.TextField(blank=True, max_length=2000)),
                ('detail', models.TextField(blank=True, max_length=2000)),
                ('circle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.circle')),
                ('concern', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='concerns.concern')),
                ('decided_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['concern', '-decided_at'], name='decision_of_concern')],
                'constraints': [models.UniqueConstraint(fields=('decided_by', 'idempotency_key'), name='decision_is_made_once'), models.CheckConstraint(condition=models.Q(('outcome__in', [hearth.triage.terms.Outcome['ADVICE'], hearth.triage.terms.Outcome['SIGNPOST'], hearth.triage.terms.Outcome['WATCH'], hearth.triage.terms.Outcome['JOIN'], hearth.triage.terms.Outcome['OPEN_CASE'], hearth.triage.terms.Outcome['REFER_NOW'], hearth.triage.terms.Outcome['ALLEGATION'], hearth.triage.terms.Outcome['NO_GREATER_RISK'], hearth.triage.terms.Outcome['NOT_SAFEGUARDING']])), name='decision_outcome_is_known'), models.CheckConstraint(condition=models.Q(('why', ''), _negated=True), name='decision_says_why'), models.CheckConstraint(condition=models.Q(('subject__in', [hearth.triage.terms.SubjectKind['CHILD'], hearth.triage.terms.SubjectKind['ADULT'], hearth.triage.terms.SubjectKind['BOTH'], hearth.triage.terms.SubjectKind['NOT_KNOWN']])), name='decision_subject_is_known'), models.CheckConstraint(condition=models.Q(('subject__in', [hearth.triage.terms.SubjectKind['CHILD'], hearth.triage.terms.SubjectKind['NOT_KNOWN']]), models.Q(('at_risk__in', [hearth.triage.terms.Limb['YES'], hearth.triage.terms.Limb['NO'], hearth.triage.terms.Limb['NOT_KNOWN']]), ('care_needs__in', [hearth.triage.terms.Limb['YES'], hearth.triage.terms.Limb['NO'], hearth.triage.terms.Limb['NOT_KNOWN']]), ('unable_to_protect__in', [hearth.triage.terms.Limb['YES'], hearth.triage.terms.Limb['NO'], hearth.triage.terms.Limb['NOT_KNOWN']])), _connector='OR'), name='decision_on_an_adult_answers_the_three_limbs'), models.CheckConstraint(condition=models.Q(('children_in_household__in', [hearth.triage.terms.ChildThere['YES'], hearth.triage.terms.ChildThere['NO'], hearth.triage.terms.ChildThere['NOT_KNOWN']])), name='decision_answers_the_child_question')],
            },
        ),
        migrations.CreateModel(
            name='Watch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('restricted', models.BooleanField(default=False)),
                ('grant_id', models.BigIntegerField(null=True)),
                ('review_on', models.DateField()),
                ('set_at', models.DateTimeField()),
                ('reviewed_at', models.DateTimeField(null=True)),
                ('review', models.TextField(blank=True, max_length=2000)),
                ('circle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.circle')),
                ('concern', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='watches', to='concerns.concern')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('reviewed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('reviewed_at', None)), fields=['owner', 'review_on'], name='watch_of_owner'), models.Index(condition=models.Q(('reviewed_at', None)), fields=['review_on', 'id'], name='watch_that_waits')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('review', ''), ('reviewed_at', None), ('reviewed_by', None)), models.Q(('reviewed_at__isnull', False), ('reviewed_by__isnull', False), models.Q(('review', ''), _negated=True)), _connector='OR'), name='watch_review_says_who_when_and_what')],
            },
        ),
    ]
