"""An action may be dropped, with a reason, by somebody; it was not done then."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0003_in_the_leads_place'),
        ('cases', '0004_closure_refused'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='action',
            name='dropped_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='action',
            name='dropped_by',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='action',
            name='dropped_why',
            field=models.TextField(blank=True, max_length=2000),
        ),
        migrations.AddConstraint(
            model_name='action',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('dropped_at', None), ('dropped_by', None), ('dropped_why', '')), models.Q(('done_at', None), ('dropped_at__isnull', False), ('dropped_by__isnull', False), models.Q(('dropped_why', ''), _negated=True)), _connector='OR'), name='action_dropped_says_who_when_and_why_and_was_not_done'),
        ),
    ]
