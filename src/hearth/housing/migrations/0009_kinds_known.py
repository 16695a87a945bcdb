"""The house may ask what repairs know to be unsafe in a home, so that nobody tells them of it twice."""

from django.db import migrations

from hearth.access.row_security import house_table


class Migration(migrations.Migration):
    dependencies = [("housing", "0008_no_index_twice"), ("access", "0003_house")]
    operations = [*house_table("housing_hazard", "select")]
