"""Who reads homes, tenancies, hazards and markers."""

from django.db import migrations

from hearth.access.row_security import house_table, own_policies, protect, worker_table
from hearth.ledger.sql_files import installed
from hearth.ledger.tables import track_changes

OF_THE_REGISTER = ("housing_tenancy", "housing_tenancymember", "housing_registerimport")
TRACKED = ("housing_home", "housing_hazard", "housing_marker", *OF_THE_REGISTER)


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
        # The house may ask what repairs know to be unsafe in a home, so that nobody tells them of it twice.
        *house_table("housing_hazard", "select"),
        *(operation for table in OF_THE_REGISTER for operation in own_policies(table)),
        *(operation for table in OF_THE_REGISTER for operation in worker_table(table)),
        *own_policies("housing_registerupload"),
        *worker_table("housing_registerupload", "select, update"),
        *installed(__file__, "register", "files"),
        *(operation for table in TRACKED for operation in track_changes(table)),
    ]
