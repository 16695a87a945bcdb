"""The tables of drafts, as they were in the first release."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('holder', models.CharField(blank=True, max_length=64)),
                ('form', models.SlugField(max_length=80)),
                ('form_key', models.UUIDField()),
                ('body', models.BinaryField()),
                ('started_at', models.DateTimeField()),
                ('saved_at', models.DateTimeField()),
                ('sent_at', models.DateTimeField(null=True)),
                ('gone_at', models.DateTimeField()),
                ('owner', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['gone_at'], name='draft_by_end')],
                'constraints': [models.UniqueConstraint(fields=('owner', 'holder', 'form_key'), name='form_has_one_draft'), models.CheckConstraint(condition=models.Q(('holder', ''), ('holder__regex', '^[0-9a-f]{64}$'), _connector='OR'), name='draft_holder_is_a_digest'), models.CheckConstraint(condition=models.Q(('saved_at__gte', models.F('started_at'))), name='draft_is_saved_after_it_was_started')],
            },
        ),
    ]
