"""Who reads homes, tenancies, hazards and markers. The SQL file is frozen with this migration."""

from pathlib import Path

from django.db import migrations

from hearth.access.row_security import protect, worker_table
from hearth.ledger.tables import track_changes

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("housing", "0001_initial"), ("people", "0002_row_security")]
    operations = [
        *protect("housing_hazard", kind="hazard", reference="public_id"),
        *protect(
            "housing_marker",
            arms=(
                "circle_id = any((select hearth.my_marked())::bigint[]) and taken_off_at is null and until >= current_date",
            ),
        ),
        migrations.RunSQL((SQL / "0001_housing.sql").read_text(), migrations.RunSQL.noop),
        *(
            operation
            for table in ("tenancy", "tenancymember", "registerimport")
            for operation in worker_table(f"housing_{table}")
        ),
        *(
            operation
            for table in ("home", "tenancy", "tenancymember", "hazard", "marker", "registerimport")
            for operation in track_changes(f"housing_{table}")
        ),
    ]
