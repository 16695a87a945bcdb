"""The tables of people, as they were in the first release."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('access', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Household',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('from_register', models.BooleanField(default=False)),
                ('reference', models.CharField(blank=True, max_length=50)),
                ('name', models.CharField(max_length=200)),
                ('known_as', models.CharField(blank=True, max_length=200)),
                ('name_plain', models.CharField(max_length=800)),
                ('name_sounds', models.CharField(blank=True, max_length=800)),
                ('born_on', models.DateField(null=True)),
                ('age_about', models.PositiveSmallIntegerField(null=True)),
                ('age_seen_on', models.DateField(null=True)),
                ('phone', models.CharField(blank=True, max_length=40)),
                ('email', models.CharField(blank=True, max_length=254)),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('from_register', True), models.Q(('reference', ''), _negated=True)), models.Q(('from_register', False), ('reference', '')), _connector='OR'), name='person_of_the_register_has_a_reference_and_nobody_else'), models.UniqueConstraint(condition=models.Q(('reference', ''), _negated=True), fields=('reference',), name='person_reference_is_one'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='person_has_a_name'), models.CheckConstraint(condition=models.Q(('born_on', None), ('age_about', None), _connector='OR'), name='person_is_born_on_a_day_or_of_about_an_age'), models.CheckConstraint(condition=models.Q(models.Q(('age_about', None), ('age_seen_on', None)), models.Q(('age_about__isnull', False), ('age_seen_on__isnull', False)), _connector='OR'), name='person_of_about_an_age_was_seen_on_a_day')],
            },
        ),
        migrations.CreateModel(
            name='HouseholdMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateField(null=True)),
                ('until', models.DateField(null=True)),
                ('household', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='members', to='people.household')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='households', to='people.person')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('until', None), ('since', None), ('until__gte', models.F('since')), _connector='OR'), name='member_leaves_after_moving_in'), models.UniqueConstraint(condition=models.Q(('until', None)), fields=('household', 'person'), name='member_lives_in_a_household_once')],
            },
        ),
        migrations.CreateModel(
            name='Communication',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('restricted', models.BooleanField(default=False)),
                ('language', models.CharField(blank=True, max_length=80)),
                ('needs', models.TextField(blank=True, max_length=2000)),
                ('interpreter', models.CharField(max_length=20)),
                ('recorded_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('circle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.circle')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('interpreter__in', ['not_needed', 'needed', 'booked'])), name='communication_interpreter_is_known'), models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('circle', 'person'), name='communication_is_one_for_a_person_in_a_circle')],
            },
        ),
        migrations.CreateModel(
            name='CapacityDecision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('about_kind', models.CharField(max_length=20)),
                ('about_id', models.BigIntegerField()),
                ('decision', models.CharField(max_length=500)),
                ('outcome', models.CharField(max_length=20)),
                ('help_given', models.TextField(blank=True, max_length=2000)),
                ('why', models.TextField(max_length=10000)),
                ('best_interests', models.TextField(blank=True, max_length=10000)),
                ('assessed_on', models.DateField()),
                ('assessed_by', models.CharField(max_length=200)),
                ('recorded_at', models.DateTimeField()),
                ('idempotency_key', models.UUIDField(null=True)),
                ('circle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.circle')),
                ('recorded_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'indexes': [models.Index(fields=['about_kind', 'about_id'], name='capacity_in_a_record')],
                'constraints': [models.CheckConstraint(condition=models.Q(('outcome__in', ['has', 'lacks', 'not_yet'])), name='capacity_outcome_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('decision', ''), _negated=True), models.Q(('why', ''), _negated=True)), name='capacity_names_the_decision_and_says_why'), models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'lacks'), _negated=True), models.Q(('best_interests', ''), _negated=True), _connector='OR'), name='capacity_lacked_says_what_is_in_his_best_interests'), models.UniqueConstraint(fields=('recorded_by', 'idempotency_key'), name='capacity_is_recorded_once')],
            },
        ),
        migrations.CreateModel(
            name='Relationship',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('restricted', models.BooleanField(default=False)),
                ('tie', models.CharField(max_length=20)),
                ('since', models.DateField(null=True)),
                ('until', models.DateField(null=True)),
                ('recorded_at', models.DateTimeField()),
                ('wrong_since', models.DateTimeField(null=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('circle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.circle')),
                ('other', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('tie__in', ['parent', 'child', 'step_parent', 'step_child', 'grandparent', 'grandchild', 'sibling', 'partner', 'former_partner', 'relative', 'guardian', 'ward', 'carer', 'cared_for', 'friend', 'lives_with', 'neighbour', 'helps_at_work', 'helped_at_work'])), name='relationship_tie_is_known'), models.CheckConstraint(condition=models.Q(('person', models.F('other')), _negated=True), name='nobody_is_related_to_himself'), models.CheckConstraint(condition=models.Q(('until', None), ('since', None), ('until__gte', models.F('since')), _connector='OR'), name='relationship_ends_after_it_starts'), models.UniqueConstraint(condition=models.Q(('until', None), ('wrong_since', None)), fields=('circle', 'person', 'other', 'tie'), name='relationship_is_recorded_once_in_a_circle')],
            },
        ),
        migrations.CreateModel(
            name='Role',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('restricted', models.BooleanField(default=False)),
                ('about_kind', models.CharField(max_length=20)),
                ('about_id', models.BigIntegerField()),
                ('part', models.CharField(max_length=20)),
                ('recorded_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('wrong_since', models.DateTimeField(null=True)),
                ('circle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.circle')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='roles', to='people.person')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['about_kind', 'about_id'], name='role_in_a_record')],
                'constraints': [models.CheckConstraint(condition=models.Q(('part__in', ['subject_child', 'subject_adult', 'carer', 'household_member', 'source_of_harm', 'witness', 'reporter', 'other'])), name='role_part_is_known'), models.UniqueConstraint(condition=models.Q(('ended_at', None), ('wrong_since', None)), fields=('circle', 'about_kind', 'about_id', 'person', 'part'), name='person_plays_a_part_in_a_record_once')],
            },
        ),
        migrations.CreateModel(
            name='SafeContact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('restricted', models.BooleanField(default=False)),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('channel', models.CharField(max_length=20)),
                ('rule', models.CharField(max_length=20)),
                ('from_time', models.TimeField(null=True)),
                ('until_time', models.TimeField(null=True)),
                ('value', models.BinaryField(null=True)),
                ('code_word', models.BinaryField(null=True)),
                ('recorded_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('circle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.circle')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('channel__in', ['post', 'phone', 'text', 'email', 'visit', 'portal'])), name='contact_channel_is_known'), models.CheckConstraint(condition=models.Q(('rule__in', ['safe', 'unsafe', 'only_between', 'code_word', 'leave_no_message', 'unknown'])), name='contact_rule_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('from_time__isnull', False), ('rule', 'only_between'), ('until_time__isnull', False)), models.Q(models.Q(('rule', 'only_between'), _negated=True), ('from_time', None), ('until_time', None)), _connector='OR'), name='contact_only_between_says_its_hours'), models.CheckConstraint(condition=models.Q(models.Q(('rule', 'code_word'), _negated=True), ('code_word__isnull', False), _connector='OR'), name='contact_with_a_code_word_has_one'), models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('circle', 'person', 'channel'), name='contact_rule_is_one_for_a_channel_in_a_circle')],
            },
        ),
        migrations.CreateModel(
            name='SaidToLiveThere',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('restricted', models.BooleanField(default=False)),
                ('visits_only', models.BooleanField(default=False)),
                ('since', models.DateField(null=True)),
                ('until', models.DateField(null=True)),
                ('recorded_at', models.DateTimeField()),
                ('circle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.circle')),
                ('household', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.household')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('until', None), ('since', None), ('until__gte', models.F('since')), _connector='OR'), name='said_member_leaves_after_moving_in')],
            },
        ),
        migrations.CreateModel(
            name='Wish',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('about_kind', models.CharField(max_length=20)),
                ('about_id', models.BigIntegerField()),
                ('words', models.TextField(max_length=10000)),
                ('said_at', models.DateTimeField()),
                ('asked', models.CharField(default='said', max_length=20)),
                ('told_by', models.CharField(max_length=20)),
                ('recorded_at', models.DateTimeField()),
                ('idempotency_key', models.UUIDField(null=True)),
                ('circle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.circle')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('recorded_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['about_kind', 'about_id'], name='wish_in_a_record')],
                'constraints': [models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='wish_has_words'), models.CheckConstraint(condition=models.Q(('asked__in', ['said', 'asked_no_answer', 'not_able', 'not_safe', 'not_asked'])), name='wish_says_whether_somebody_was_asked'), models.CheckConstraint(condition=models.Q(('told_by__in', ['the_person', 'advocate', 'family', 'professional', 'other'])), name='wish_is_told_by_somebody_known'), models.UniqueConstraint(fields=('recorded_by', 'idempotency_key'), name='wish_is_recorded_once')],
            },
        ),
    ]
