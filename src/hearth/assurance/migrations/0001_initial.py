"""The tables of assurance, as they were in the first release."""

import django.contrib.postgres.fields
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('access', '0001_initial'),
        ('organisation', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Sample',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('month', models.DateField()),
                ('asked', models.IntegerField()),
                ('drawn_from', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField())),
                ('seed', models.CharField(max_length=64)),
                ('drawn_at', models.DateTimeField()),
                ('drawn_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('month',), name='a_month_is_drawn_once')],
            },
        ),
        migrations.CreateModel(
            name='DrawnCase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.IntegerField()),
                ('reference', models.CharField(max_length=12)),
                ('public_id', models.UUIDField()),
                ('circle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.circle')),
                ('sample', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='assurance.sample')),
            ],
        ),
        migrations.CreateModel(
            name='Delta',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField()),
                ('measure', models.CharField(max_length=100)),
                ('part', models.CharField(blank=True, max_length=60)),
                ('number', models.IntegerField()),
                ('entity', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
            ],
            options={
                'indexes': [models.Index(fields=['measure', 'month'], name='delta_of_month')],
            },
        ),
        migrations.CreateModel(
            name='MonthlySum',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('measure', models.CharField(max_length=100)),
                ('month', models.DateField()),
                ('part', models.CharField(blank=True, max_length=60)),
                ('total', models.BigIntegerField()),
                ('entity', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
            ],
            options={
                'db_table': 'assurance_sum',
                'constraints': [models.UniqueConstraint(fields=('measure', 'month', 'part', 'entity'), name='a_month_has_one_sum_for_each_part', nulls_distinct=False)],
            },
        ),
    ]
