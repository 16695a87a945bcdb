"""The ledger, whose tables are written in SQL, and the schema of what PostgreSQL keeps by itself."""

from django.db import migrations, models

from hearth.ledger.sql_files import installed


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        *installed(__file__, "schema", "tables", "writing", "partitions", "changes", "rights"),
        migrations.CreateModel(
            name='Change',
            fields=[
                ('id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('table_name', models.TextField()),
                ('row_id', models.BigIntegerField()),
                ('circle_id', models.BigIntegerField(null=True)),
                ('what', models.TextField()),
                ('by_id', models.BigIntegerField(null=True)),
                ('recorded_at', models.DateTimeField()),
                ('request', models.UUIDField(null=True)),
            ],
            options={
                'db_table': 'ledger_change',
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='ChangedRow',
            fields=[
                ('change_id', models.BigIntegerField(db_column='id', primary_key=True, serialize=False)),
                ('circle_id', models.BigIntegerField(null=True)),
                ('body', models.TextField()),
            ],
            options={
                'db_table': 'ledger_change_rows',
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('act', models.TextField()),
                ('about_kind', models.TextField(null=True)),
                ('about_id', models.BigIntegerField(null=True)),
                ('circle_id', models.BigIntegerField(null=True)),
                ('by_id', models.BigIntegerField(null=True)),
                ('happened_at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField()),
                ('clause', models.TextField()),
                ('request', models.UUIDField(null=True)),
                ('facts', models.JSONField()),
            ],
            options={
                'db_table': 'ledger_entry',
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='Words',
            fields=[
                ('entry_id', models.BigIntegerField(db_column='id', primary_key=True, serialize=False)),
                ('circle_id', models.BigIntegerField(null=True)),
                ('body', models.TextField()),
            ],
            options={
                'db_table': 'ledger_entry_words',
                'managed': False,
            },
        ),
    ]
