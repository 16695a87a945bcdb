"""The house looks up who has a place in a record, so that whoever keeps a promise is told when it runs out."""

from django.db import migrations

from hearth.access.row_security import house_table


class Migration(migrations.Migration):
    dependencies = [("outbound", "0002_row_security")]
    operations = [*house_table("access_grant", "select")]
