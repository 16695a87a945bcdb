"""Policies are proposed, approved step by step, then read and understood. Nothing in it is confidential; the house writes."""

import django.contrib.postgres.functions
import django.db.models.deletion
import uuid
from django.db import migrations, models

TABLES = "policy_proposal, policy_approvalstep, policy_reading"


class Migration(migrations.Migration):

    dependencies = [
        ('policy', '0002_rights'),
    ]

    operations = [
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('digest', models.CharField(max_length=64)),
                ('pack', models.CharField(max_length=61)),
                ('title', models.CharField(max_length=200)),
                ('version', models.CharField(max_length=40)),
                ('starts_on', models.DateField()),
                ('why', models.TextField()),
                ('proposed_by_id', models.BigIntegerField()),
                ('proposed_at', models.DateTimeField()),
                ('state', models.CharField(default='waiting', max_length=20)),
                ('ended_at', models.DateTimeField(null=True)),
                ('adoption', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='policy.adoption')),
            ],
        ),
        migrations.CreateModel(
            name='ApprovalStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveSmallIntegerField()),
                ('name', models.CharField(max_length=200)),
                ('post', models.CharField(blank=True, max_length=80)),
                ('part', models.CharField(blank=True, max_length=30)),
                ('needs_comment', models.BooleanField(default=False)),
                ('proposed_by_id', models.BigIntegerField()),
                ('approved', models.BooleanField(null=True)),
                ('decided_by_id', models.BigIntegerField(null=True)),
                ('decided_at', models.DateTimeField(null=True)),
                ('comment', models.TextField(blank=True)),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='policy.proposal')),
            ],
        ),
        migrations.CreateModel(
            name='Reading',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(db_default=django.contrib.postgres.functions.RandomUUID(), default=uuid.uuid4, editable=False, unique=True)),
                ('user_id', models.BigIntegerField()),
                ('asked_at', models.DateTimeField()),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('next_notice_at', models.DateTimeField(null=True)),
                ('adoption', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='readings', to='policy.adoption')),
            ],
        ),
        migrations.AddIndex(
            model_name='proposal',
            index=models.Index(fields=['-proposed_at'], name='proposal_newest_first'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'adopted', 'sent_back', 'withdrawn'])), name='proposed_policy_is_in_a_known_state'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('state', 'waiting')), models.Q(models.Q(('state', 'waiting'), _negated=True), ('ended_at__isnull', False)), _connector='OR'), name='answered_policy_says_when'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('adoption__isnull', False), ('state', 'adopted')), models.Q(models.Q(('state', 'adopted'), _negated=True), ('adoption', None)), _connector='OR'), name='adopted_proposal_names_its_adoption'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'waiting')), fields=('digest',), name='a_policy_waits_once_for_approval'),
        ),
        migrations.AddConstraint(
            model_name='approvalstep',
            constraint=models.UniqueConstraint(fields=('proposal', 'place'), name='an_approval_has_its_steps_in_order'),
        ),
        migrations.AddConstraint(
            model_name='approvalstep',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('approved', None), ('decided_at', None), ('decided_by_id', None)), models.Q(('approved__isnull', False), ('decided_at__isnull', False), ('decided_by_id__isnull', False)), _connector='OR'), name='decided_step_says_who_and_when'),
        ),
        migrations.AddConstraint(
            model_name='approvalstep',
            constraint=models.CheckConstraint(condition=models.Q(('approved', None), models.Q(('decided_by_id', models.F('proposed_by_id')), _negated=True), _connector='OR'), name='nobody_decides_on_what_he_proposed'),
        ),
        migrations.AddConstraint(
            model_name='approvalstep',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('approved', False), _negated=True), models.Q(('comment', ''), _negated=True), _connector='OR'), name='a_policy_sent_back_says_why'),
        ),
        migrations.AddIndex(
            model_name='reading',
            index=models.Index(condition=models.Q(('confirmed_at', None)), fields=['user_id', 'id'], name='reading_of_somebody'),
        ),
        migrations.AddIndex(
            model_name='reading',
            index=models.Index(condition=models.Q(('confirmed_at', None)), fields=['adoption', 'id'], name='reading_not_confirmed'),
        ),
        migrations.AddIndex(
            model_name='reading',
            index=models.Index(condition=models.Q(('next_notice_at__isnull', False)), fields=['next_notice_at'], name='reading_next_notice'),
        ),
        migrations.AddConstraint(
            model_name='reading',
            constraint=models.UniqueConstraint(fields=('adoption', 'user_id'), name='a_policy_is_read_once_by_each'),
        ),
        migrations.AddConstraint(
            model_name='reading',
            constraint=models.CheckConstraint(condition=models.Q(('confirmed_at', None), ('next_notice_at', None), _connector='OR'), name='who_confirmed_is_not_reminded'),
        ),
        migrations.RunSQL(f"grant select on {TABLES} to hearth_broad, hearth_narrow, hearth_house", migrations.RunSQL.noop),
        migrations.RunSQL(f"grant insert, update on {TABLES} to hearth_house", migrations.RunSQL.noop),
    ]
