"""The ledger. The SQL files are frozen with this migration."""

from pathlib import Path

from django.db import migrations, models

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    initial = True
    # After identity: access lays its rights over every function it finds, and these have their own.
    dependencies = [("access", "0003_house")]
    operations = [
        *(
            migrations.RunSQL((SQL / name).read_text(), migrations.RunSQL.noop)
            for name in ("0001_tables.sql", "0002_partitions.sql", "0003_writing.sql", "0004_rights.sql")
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("act", models.TextField()),
                ("about_kind", models.TextField(null=True)),
                ("about_id", models.BigIntegerField(null=True)),
                ("circle_id", models.BigIntegerField(null=True)),
                ("by_id", models.BigIntegerField(null=True)),
                ("happened_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                ("clause", models.TextField()),
                ("request", models.UUIDField(null=True)),
                ("facts", models.JSONField()),
            ],
            options={"db_table": "ledger_entry", "managed": False},
        ),
        migrations.CreateModel(
            name="Words",
            fields=[
                ("entry_id", models.BigIntegerField(db_column="id", primary_key=True, serialize=False)),
                ("circle_id", models.BigIntegerField(null=True)),
                ("body", models.TextField()),
            ],
            options={"db_table": "ledger_entry_words", "managed": False},
        ),
        migrations.CreateModel(
            name="Change",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("table_name", models.TextField()),
                ("row_id", models.BigIntegerField()),
                ("circle_id", models.BigIntegerField(null=True)),
                ("what", models.TextField()),
                ("by_id", models.BigIntegerField(null=True)),
                ("recorded_at", models.DateTimeField()),
                ("request", models.UUIDField(null=True)),
            ],
            options={"db_table": "ledger_change", "managed": False},
        ),
        migrations.CreateModel(
            name="ChangedRow",
            fields=[
                ("change_id", models.BigIntegerField(db_column="id", primary_key=True, serialize=False)),
                ("circle_id", models.BigIntegerField(null=True)),
                ("body", models.TextField()),
            ],
            options={"db_table": "ledger_change_rows", "managed": False},
        ),
    ]
