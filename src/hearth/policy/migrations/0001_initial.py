"""The tables of policy, as they were in the first release."""

import django.contrib.postgres.functions
import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Adoption',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64)),
                ('pack', models.CharField(max_length=61)),
                ('version', models.CharField(max_length=40)),
                ('entity_id', models.BigIntegerField(null=True)),
                ('in_force_from', models.DateTimeField()),
                ('adopted_at', models.DateTimeField()),
                ('adopted_by_id', models.BigIntegerField(null=True)),
                ('posts_named_at', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('digest__regex', '^[0-9a-f]{64}$')), name='adopted_pack_has_a_digest'), models.UniqueConstraint(fields=('in_force_from', 'entity_id'), name='one_pack_comes_into_force_at_a_time', nulls_distinct=False)],
            },
        ),
        migrations.CreateModel(
            name='ChangeDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_id', models.BigIntegerField()),
                ('entity_id', models.BigIntegerField(null=True)),
                ('base', models.CharField(max_length=64)),
                ('body', models.BinaryField(default=b'')),
                ('version', models.PositiveIntegerField(default=0)),
                ('changed_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('by_id', 'entity_id'), name='somebody_changes_a_policy_once_at_a_time', nulls_distinct=False)],
            },
        ),
        migrations.CreateModel(
            name='PackFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64)),
                ('place', models.PositiveSmallIntegerField()),
                ('pack', models.CharField(max_length=61)),
                ('name', models.CharField(max_length=200)),
                ('body', models.BinaryField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('digest', 'place', 'name'), name='pack_file_is_stored_once')],
            },
        ),
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('digest', models.CharField(max_length=64)),
                ('pack', models.CharField(max_length=61)),
                ('title', models.CharField(max_length=200)),
                ('version', models.CharField(max_length=40)),
                ('entity_id', models.BigIntegerField(null=True)),
                ('starts_on', models.DateField()),
                ('why', models.TextField()),
                ('proposed_by_id', models.BigIntegerField()),
                ('proposed_at', models.DateTimeField()),
                ('state', models.CharField(default='waiting', max_length=20)),
                ('ended_at', models.DateTimeField(null=True)),
                ('adoption', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='policy.adoption')),
            ],
            options={
                'indexes': [models.Index(fields=['-proposed_at'], name='proposal_newest_first')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'adopted', 'sent_back', 'withdrawn'])), name='proposed_policy_is_in_a_known_state'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('state', 'waiting')), models.Q(models.Q(('state', 'waiting'), _negated=True), ('ended_at__isnull', False)), _connector='OR'), name='answered_policy_says_when'), models.CheckConstraint(condition=models.Q(models.Q(('adoption__isnull', False), ('state', 'adopted')), models.Q(models.Q(('state', 'adopted'), _negated=True), ('adoption', None)), _connector='OR'), name='adopted_proposal_names_its_adoption'), models.UniqueConstraint(condition=models.Q(('state', 'waiting')), fields=('digest', 'entity_id'), name='a_policy_waits_once_for_approval', nulls_distinct=False)],
            },
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
                ('asked_at', models.DateTimeField(null=True)),
                ('next_notice_at', models.DateTimeField(null=True)),
                ('proposed_by_id', models.BigIntegerField()),
                ('approved', models.BooleanField(null=True)),
                ('decided_by_id', models.BigIntegerField(null=True)),
                ('decided_at', models.DateTimeField(null=True)),
                ('comment', models.TextField(blank=True)),
                ('proposal', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='policy.proposal')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('next_notice_at__isnull', False)), fields=['next_notice_at'], name='approval_step_next_notice')],
                'constraints': [models.UniqueConstraint(fields=('proposal', 'place'), name='an_approval_has_its_steps_in_order'), models.CheckConstraint(condition=models.Q(models.Q(('approved', None), ('decided_at', None), ('decided_by_id', None)), models.Q(('approved__isnull', False), ('decided_at__isnull', False), ('decided_by_id__isnull', False)), _connector='OR'), name='decided_step_says_who_and_when'), models.CheckConstraint(condition=models.Q(('approved', None), models.Q(('decided_by_id', models.F('proposed_by_id')), _negated=True), _connector='OR'), name='nobody_decides_on_what_he_proposed'), models.CheckConstraint(condition=models.Q(models.Q(('approved', False), _negated=True), models.Q(('comment', ''), _negated=True), _connector='OR'), name='a_policy_sent_back_says_why'), models.CheckConstraint(condition=models.Q(('approved', None), ('next_notice_at', None), _connector='OR'), name='decided_step_is_not_chased')],
            },
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
                ('adoption', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='readings', to='policy.adoption')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('confirmed_at', None)), fields=['user_id', 'id'], name='reading_of_somebody'), models.Index(condition=models.Q(('confirmed_at', None)), fields=['adoption', 'id'], name='reading_not_confirmed'), models.Index(condition=models.Q(('next_notice_at__isnull', False)), fields=['next_notice_at'], name='reading_next_notice')],
                'constraints': [models.UniqueConstraint(fields=('adoption', 'user_id'), name='a_policy_is_read_once_by_each'), models.CheckConstraint(condition=models.Q(('confirmed_at', None), ('next_notice_at', None), _connector='OR'), name='who_confirmed_is_not_reminded')],
            },
        ),
    ]
