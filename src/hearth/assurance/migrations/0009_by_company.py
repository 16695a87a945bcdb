"""Figures are kept apart by company. The SQL file is frozen with this migration."""

from pathlib import Path

from django.db import migrations, models
from django.db.models import deletion

SQL = Path(__file__).resolve().parent.parent / "sql"
ONE_SUM = "a_month_has_one_sum_for_each_part"


def company() -> "models.ForeignKey[object, object]":
    return models.ForeignKey(
        "organisation.entity", db_index=False, null=True, on_delete=deletion.PROTECT, related_name="+"
    )


class Migration(migrations.Migration):
    dependencies = [
        ("assurance", "0008_companies"),
        ("access", "0015_companies"),
        ("organisation", "0005_hashed_session_keys"),
    ]
    operations = [
        migrations.RemoveConstraint("monthlysum", ONE_SUM),
        migrations.AddField("delta", "entity", company()),
        migrations.AddField("monthlysum", "entity", company()),
        migrations.AddConstraint(
            "monthlysum",
            models.UniqueConstraint(
                fields=("measure", "month", "part", "entity"), name=ONE_SUM, nulls_distinct=False
            ),
        ),
        migrations.RunSQL((SQL / "0008_by_company.sql").read_text(), migrations.RunSQL.noop),
    ]
