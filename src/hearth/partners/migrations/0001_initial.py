"""The tables of partners, as they were in the first release."""

import django.db.models.deletion
import hearth.partners.terms
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('access', '0001_initial'),
        ('cases', '0001_initial'),
        ('concerns', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Referral',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('restricted', models.BooleanField(default=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('idempotency_key', models.UUIDField()),
                ('agency', models.CharField(max_length=30)),
                ('office', models.CharField(blank=True, max_length=200)),
                ('how', models.CharField(max_length=10)),
                ('asked', models.TextField(max_length=20000)),
                ('consent', models.CharField(max_length=20)),
                ('override_ground', models.CharField(blank=True, max_length=60)),
                ('override_why', models.TextField(blank=True, max_length=2000)),
                ('basis', models.CharField(blank=True, db_default='', default='', max_length=60)),
                ('special_basis', models.CharField(blank=True, db_default='', default='', max_length=60)),
                ('made_at', models.DateTimeField()),
                ('subject', models.CharField(max_length=20)),
                ('is_immediate', models.BooleanField(default=False)),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('acknowledged_at', models.DateTimeField(null=True)),
                ('chased_at', models.DateTimeField(null=True)),
                ('answer', models.CharField(blank=True, max_length=20)),
                ('answer_why', models.TextField(blank=True, max_length=2000)),
                ('answered_at', models.DateTimeField(null=True)),
                ('challenge_stage', models.PositiveSmallIntegerField(default=0)),
                ('agreed_at', models.DateTimeField(null=True)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('due_at', models.DateTimeField(null=True)),
                ('case', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='referrals', to='cases.case')),
                ('circle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.circle')),
                ('concern', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='referrals', to='concerns.concern')),
                ('made_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['case', '-made_at'], name='referral_of_case'), models.Index(condition=models.Q(('answered_at', None), ('withdrawn_at', None)), fields=['due_at', 'made_at', 'id'], include=('restricted', 'circle'), name='referral_unanswered')],
                'constraints': [models.UniqueConstraint(fields=('made_by', 'idempotency_key'), name='referral_is_made_once'), models.CheckConstraint(condition=models.Q(('agency__in', [hearth.partners.terms.Agency['COUNCIL_CHILDREN'], hearth.partners.terms.Agency['COUNCIL_ADULTS'], hearth.partners.terms.Agency['EMERGENCY_DUTY'], hearth.partners.terms.Agency['POLICE'], hearth.partners.terms.Agency['FIRE'], hearth.partners.terms.Agency['MARAC'], hearth.partners.terms.Agency['PREVENT'], hearth.partners.terms.Agency['HEALTH'], hearth.partners.terms.Agency['EARLY_HELP'], hearth.partners.terms.Agency['OTHER']])), name='referral_agency_is_known'), models.CheckConstraint(condition=models.Q(('how__in', [hearth.partners.terms.How['PHONE'], hearth.partners.terms.How['WRITTEN']])), name='referral_is_made_some_way'), models.CheckConstraint(condition=models.Q(('concern__isnull', False), ('case__isnull', False), _connector='OR'), name='referral_hangs_on_a_concern_or_a_case'), models.CheckConstraint(condition=models.Q(models.Q(('consent', 'refused'), _negated=True), models.Q(('override_why', ''), _negated=True), _connector='OR'), name='referral_without_consent_says_why'), models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at', None)), models.Q(('answer__in', [hearth.partners.terms.Answer['ACCEPTED'], hearth.partners.terms.Answer['NOT_ACCEPTED'], hearth.partners.terms.Answer['NO_SECTION_42'], hearth.partners.terms.Answer['EARLY_HELP'], hearth.partners.terms.Answer['NEED_MORE'], hearth.partners.terms.Answer['RETURNED'], hearth.partners.terms.Answer['SCREENING_ONLY'], hearth.partners.terms.Answer['NO_FURTHER_ACTION']]), ('answered_at__isnull', False)), _connector='OR'), name='referral_answer_says_when'), models.CheckConstraint(condition=models.Q(models.Q(('agreed_at', None), ('challenge_stage', 0)), ('answered_at__isnull', False), _connector='OR'), name='only_an_answer_is_challenged_or_agreed_on')],
            },
        ),
        migrations.CreateModel(
            name='StatutoryProcess',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('restricted', models.BooleanField(default=False)),
                ('process', models.CharField(max_length=30)),
                ('agency', models.CharField(max_length=30)),
                ('started_on', models.DateField()),
                ('lead_practitioner', models.CharField(blank=True, max_length=200)),
                ('recorded_at', models.DateTimeField()),
                ('ended_on', models.DateField(null=True)),
                ('outcome', models.TextField(blank=True, max_length=2000)),
                ('case', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='processes', to='cases.case')),
                ('circle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.circle')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['case', 'started_on'], name='process_of_case')],
                'constraints': [models.CheckConstraint(condition=models.Q(('process__in', [hearth.partners.terms.Process['SECTION_47'], hearth.partners.terms.Process['CHILD_IN_NEED'], hearth.partners.terms.Process['CHILD_PROTECTION_PLAN'], hearth.partners.terms.Process['SECTION_42'], hearth.partners.terms.Process['MARAC'], hearth.partners.terms.Process['ASSESSMENT']])), name='process_is_known'), models.CheckConstraint(condition=models.Q(('ended_on', None), models.Q(('outcome', ''), _negated=True), _connector='OR'), name='process_ended_says_outcome')],
            },
        ),
    ]
