"""The tables of cases, as they were in the first release."""

import django.db.models.deletion
import hearth.cases.terms
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('access', '0001_initial'),
        ('concerns', '0001_initial'),
        ('housing', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Case',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('reference', models.CharField(max_length=12, unique=True)),
                ('restricted', models.BooleanField(default=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('opened_at', models.DateTimeField()),
                ('stage', models.CharField(default=hearth.cases.terms.Stage['OPEN'], max_length=20)),
                ('risk', models.CharField(max_length=20)),
                ('subject', models.CharField(max_length=20)),
                ('children_in_household', models.CharField(max_length=10)),
                ('summary', models.TextField(blank=True, max_length=20000)),
                ('due_at', models.DateTimeField(null=True)),
                ('support_in_place_at', models.DateTimeField(null=True)),
                ('closed_at', models.DateTimeField(null=True)),
                ('outcome', models.CharField(blank=True, max_length=20)),
                ('circle', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.circle')),
                ('closed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('home', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='housing.home')),
                ('opened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('stage', hearth.cases.terms.Stage['CLOSED']), _negated=True), fields=['due_at', 'id'], include=('restricted', 'circle', 'owner'), name='case_worklist'), models.Index(condition=models.Q(('stage', hearth.cases.terms.Stage['CLOSED']), _negated=True), fields=['owner', 'due_at'], name='case_of_owner'), models.Index(condition=models.Q(('home__isnull', False)), fields=['home'], name='case_at_home')],
                'constraints': [models.CheckConstraint(condition=models.Q(('stage__in', [hearth.cases.terms.Stage['OPEN'], hearth.cases.terms.Stage['MONITORING'], hearth.cases.terms.Stage['CLOSED']])), name='case_stage_is_known'), models.CheckConstraint(condition=models.Q(('risk__in', [hearth.cases.terms.Risk['STANDARD'], hearth.cases.terms.Risk['MEDIUM'], hearth.cases.terms.Risk['HIGH']])), name='case_risk_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('closed_by__isnull', False), ('stage', hearth.cases.terms.Stage['CLOSED']), models.Q(('outcome', ''), _negated=True)), models.Q(models.Q(('stage', hearth.cases.terms.Stage['CLOSED']), _negated=True), ('closed_at', None), ('closed_by', None), ('outcome', '')), _connector='OR'), name='closed_case_says_when_who_and_outcome')],
            },
        ),
        migrations.CreateModel(
            name='Action',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('restricted', models.BooleanField(default=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('idempotency_key', models.UUIDField()),
                ('text', models.TextField(max_length=2000)),
                ('for_whom', models.CharField(blank=True, max_length=200)),
                ('due_on', models.DateField()),
                ('added_at', models.DateTimeField()),
                ('done_at', models.DateTimeField(null=True)),
                ('result', models.TextField(blank=True, max_length=2000)),
                ('added_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('circle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.circle')),
                ('done_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='actions', to='cases.case')),
            ],
            options={
                'indexes': [models.Index(fields=['case', 'due_on'], name='action_of_case'), models.Index(condition=models.Q(('done_at', None)), fields=['owner', 'due_on'], name='action_of_owner')],
                'constraints': [models.UniqueConstraint(fields=('added_by', 'idempotency_key'), name='action_is_added_once'), models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='action_says_what'), models.CheckConstraint(condition=models.Q(models.Q(('done_at', None), ('done_by', None), ('result', '')), models.Q(('done_at__isnull', False), ('done_by__isnull', False), models.Q(('result', ''), _negated=True)), _connector='OR'), name='action_done_says_who_when_and_result')],
            },
        ),
        migrations.CreateModel(
            name='CaseConcern',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('restricted', models.BooleanField(default=False)),
                ('joined_at', models.DateTimeField()),
                ('is_origin', models.BooleanField(default=False)),
                ('split_at', models.DateTimeField(null=True)),
                ('case', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='case_concerns', to='cases.case')),
                ('circle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.circle')),
                ('concern', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='case_concerns', to='concerns.concern')),
                ('joined_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['concern'], name='case_of_concern')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('split_at', None)), fields=('circle', 'concern'), name='concern_is_in_a_case_once')],
            },
        ),
        migrations.CreateModel(
            name='Closure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('restricted', models.BooleanField(default=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('asked_at', models.DateTimeField()),
                ('outcome', models.CharField(max_length=20)),
                ('why', models.TextField(max_length=20000)),
                ('wishes_answered', models.CharField(max_length=20)),
                ('wishes_why', models.TextField(blank=True, max_length=2000)),
                ('child_decision', models.CharField(max_length=20)),
                ('child_why', models.TextField(blank=True, max_length=2000)),
                ('change_seen', models.TextField(blank=True, max_length=2000)),
                ('breach_reason', models.TextField(blank=True, max_length=2000)),
                ('watched_reason', models.TextField(blank=True, max_length=2000)),
                ('approved_at', models.DateTimeField(null=True)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('approved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='closures', to='cases.case')),
                ('circle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.circle')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('outcome__in', [hearth.cases.terms.CloseOutcome['RISK_REMOVED'], hearth.cases.terms.CloseOutcome['RISK_REDUCED'], hearth.cases.terms.CloseOutcome['RISK_REMAINS'], hearth.cases.terms.CloseOutcome['TRANSFERRED'], hearth.cases.terms.CloseOutcome['NOT_ENGAGED'], hearth.cases.terms.CloseOutcome['DIED']])), name='closure_outcome_is_known'), models.CheckConstraint(condition=models.Q(('wishes_answered__in', [hearth.cases.terms.WishesAnswered['FULLY'], hearth.cases.terms.WishesAnswered['PARTLY'], hearth.cases.terms.WishesAnswered['NOT_MET'], hearth.cases.terms.WishesAnswered['NOT_ASKED'], hearth.cases.terms.WishesAnswered['NONE_SAID']])), name='closure_wishes_are_answered'), models.CheckConstraint(condition=models.Q(('child_decision__in', [hearth.cases.terms.ChildDecision['SAFE'], hearth.cases.terms.ChildDecision['SUPPORTED_ELSEWHERE'], hearth.cases.terms.ChildDecision['NO_CHILD']])), name='closure_decides_about_children'), models.CheckConstraint(condition=models.Q(('why', ''), _negated=True), name='closure_says_why'), models.CheckConstraint(condition=models.Q(('approved_by', None), models.Q(('approved_by', models.F('asked_by')), _negated=True), _connector='OR'), name='closure_is_approved_by_somebody_else'), models.UniqueConstraint(condition=models.Q(('approved_at', None), ('withdrawn_at', None)), fields=('circle', 'case'), name='case_has_one_closure_waiting')],
            },
        ),
        migrations.CreateModel(
            name='Contact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('idempotency_key', models.UUIDField()),
                ('kind', models.CharField(max_length=20)),
                ('outcome', models.CharField(max_length=20)),
                ('happened_at', models.DateTimeField()),
                ('child_seen', models.CharField(max_length=10)),
                ('child_alone', models.CharField(max_length=10)),
                ('their_words', models.TextField(blank=True, max_length=20000)),
                ('wishes', models.TextField(blank=True, max_length=20000)),
                ('told_afterwards', models.BooleanField(null=True)),
                ('note', models.TextField(max_length=20000)),
                ('case', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='contacts', to='cases.case')),
                ('circle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.circle')),
                ('recorded_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['case', '-happened_at'], name='contact_of_case')],
                'constraints': [models.UniqueConstraint(fields=('recorded_by', 'idempotency_key'), name='contact_is_recorded_once'), models.CheckConstraint(condition=models.Q(('kind__in', [hearth.cases.terms.ContactKind['VISIT'], hearth.cases.terms.ContactKind['CALL'], hearth.cases.terms.ContactKind['MEETING'], hearth.cases.terms.ContactKind['MESSAGE'], hearth.cases.terms.ContactKind['OTHER']])), name='contact_kind_is_known'), models.CheckConstraint(condition=models.Q(('outcome__in', [hearth.cases.terms.ContactOutcome['SEEN'], hearth.cases.terms.ContactOutcome['SPOKEN_TO'], hearth.cases.terms.ContactOutcome['NO_ACCESS'], hearth.cases.terms.ContactOutcome['REFUSED'], hearth.cases.terms.ContactOutcome['NO_ANSWER']])), name='contact_outcome_is_known'), models.CheckConstraint(condition=models.Q(('child_alone__in', [hearth.cases.terms.Seen['YES'], hearth.cases.terms.Seen['NO'], hearth.cases.terms.Seen['NO_CHILD']]), ('child_seen__in', [hearth.cases.terms.Seen['YES'], hearth.cases.terms.Seen['NO'], hearth.cases.terms.Seen['NO_CHILD']])), name='contact_says_whether_a_child_was_seen')],
            },
        ),
        migrations.CreateModel(
            name='Handover',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('restricted', models.BooleanField(default=False)),
                ('offered_at', models.DateTimeField()),
                ('grant_id', models.BigIntegerField()),
                ('what_matters', models.TextField(max_length=20000)),
                ('state', models.CharField(default='offered', max_length=20)),
                ('answered_at', models.DateTimeField(null=True)),
                ('answer_why', models.TextField(blank=True, max_length=2000)),
                ('case', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='handovers', to='cases.case')),
                ('circle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.circle')),
                ('offered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('offered_to', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'offered')), fields=['offered_to'], name='handover_offered_to'), models.Index(fields=['case', '-offered_at'], name='handover_of_case')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('state', 'returned'), _negated=True), models.Q(('answer_why', ''), _negated=True), _connector='OR'), name='handover_returned_says_why'), models.CheckConstraint(condition=models.Q(models.Q(('answered_at', None), ('state', 'offered')), models.Q(models.Q(('state', 'offered'), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='handover_answered_says_when')],
            },
        ),
        migrations.CreateModel(
            name='Note',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('idempotency_key', models.UUIDField()),
                ('text', models.TextField(max_length=20000)),
                ('written_at', models.DateTimeField()),
                ('case', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='cases.case')),
                ('circle', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.circle')),
                ('corrects', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='cases.note')),
                ('written_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['case', '-written_at'], name='note_of_case')],
                'constraints': [models.UniqueConstraint(fields=('written_by', 'idempotency_key'), name='note_is_written_once'), models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='note_says_something')],
            },
        ),
        migrations.CreateModel(
            name='Review',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('outcome', models.CharField(max_length=20)),
                ('text', models.TextField(max_length=20000)),
                ('reviewed_at', models.DateTimeField()),
                ('case', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='cases.case')),
                ('circle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.circle')),
                ('reviewed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['case', '-reviewed_at'], name='review_of_case')],
                'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='review_says_something')],
            },
        ),
        migrations.CreateModel(
            name='RiskBand',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('band', models.CharField(max_length=20)),
                ('why', models.TextField(max_length=20000)),
                ('set_at', models.DateTimeField()),
                ('case', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='risk_bands', to='cases.case')),
                ('circle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.circle')),
                ('set_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['case', '-set_at'], name='risk_of_case')],
                'constraints': [models.CheckConstraint(condition=models.Q(('band__in', [hearth.cases.terms.Risk['STANDARD'], hearth.cases.terms.Risk['MEDIUM'], hearth.cases.terms.Risk['HIGH']])), name='risk_band_is_known'), models.CheckConstraint(condition=models.Q(('why', ''), _negated=True), name='risk_band_says_why')],
            },
        ),
    ]
