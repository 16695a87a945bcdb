"""Changes of the policy that a lead has begun. The house writes them."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('policy', '0003_adopting'),
    ]

    operations = [
        migrations.CreateModel(
            name='ChangeDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_id', models.BigIntegerField(unique=True)),
                ('base', models.CharField(max_length=64)),
                ('body', models.BinaryField(default=b'')),
                ('version', models.PositiveIntegerField(default=0)),
                ('changed_at', models.DateTimeField()),
            ],
        ),
        migrations.RunSQL(
            "grant select on policy_changedraft to hearth_broad, hearth_narrow, hearth_house", migrations.RunSQL.noop
        ),
        migrations.RunSQL("grant insert, update on policy_changedraft to hearth_house", migrations.RunSQL.noop),
    ]
