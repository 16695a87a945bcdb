"""A closing may be refused, with a reason, by somebody else than whoever asked for it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0002_row_security'),
        ('cases', '0003_row_security'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='closure',
            name='refused_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='closure',
            name='refused_why',
            field=models.TextField(blank=True, max_length=20000),
        ),
        migrations.AddConstraint(
            model_name='closure',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('refused_by', None), ('refused_why', '')), models.Q(('approved_at', None), ('refused_by__isnull', False), ('withdrawn_at__isnull', False), models.Q(('refused_why', ''), _negated=True)), _connector='OR'), name='refused_closure_says_why_and_waits_no_more'),
        ),
        migrations.AddConstraint(
            model_name='closure',
            constraint=models.CheckConstraint(condition=models.Q(('refused_by', None), models.Q(('refused_by', models.F('asked_by')), _negated=True), _connector='OR'), name='closure_is_refused_by_somebody_else'),
        ),
    ]
