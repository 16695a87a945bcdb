"""Steps of an approval are chased, and a policy that came into force names the posts once."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('policy', '0004_change_drafts'),
    ]

    operations = [
        migrations.AddField(
            model_name='adoption',
            name='posts_named_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='approvalstep',
            name='asked_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='approvalstep',
            name='next_notice_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddIndex(
            model_name='approvalstep',
            index=models.Index(condition=models.Q(('next_notice_at__isnull', False)), fields=['next_notice_at'], name='approval_step_next_notice'),
        ),
        migrations.AddConstraint(
            model_name='approvalstep',
            constraint=models.CheckConstraint(condition=models.Q(('approved', None), ('next_notice_at', None), _connector='OR'), name='decided_step_is_not_chased'),
        ),
        migrations.RunSQL("grant update (posts_named_at) on policy_adoption to hearth_worker", migrations.RunSQL.noop),
    ]
