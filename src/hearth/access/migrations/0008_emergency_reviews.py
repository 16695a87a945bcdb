"""Emergency openings can be addressed and reviewed."""

import django.contrib.postgres.functions
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0007_quicker'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='grant',
            name='public_id',
            field=models.UUIDField(db_default=django.contrib.postgres.functions.RandomUUID(), default=uuid.uuid4, editable=False, unique=True),
        ),
        migrations.CreateModel(
            name='EmergencyReview',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('finding', models.CharField(choices=[('needed', 'needed'), ('not_needed', 'not_needed'), ('taken_up', 'taken_up')], max_length=20)),
                ('why', models.CharField(max_length=2000)),
                ('reviewed_at', models.DateTimeField()),
                ('circle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.circle')),
                ('grant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='access.grant')),
                ('reviewed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('finding__in', ['needed', 'not_needed', 'taken_up'])), name='emergency_finding_is_known'), models.UniqueConstraint(fields=('circle', 'grant'), name='emergency_is_reviewed_once')],
            },
        ),
    ]
