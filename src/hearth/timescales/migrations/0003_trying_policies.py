"""A policy that is tried leaves restricted records out: the house asks which circles are restricted."""

from django.db import migrations

from hearth.access.row_security import house_table


class Migration(migrations.Migration):
    dependencies = [("timescales", "0002_row_security"), ("access", "0003_house")]
    operations = [*house_table("access_circle", "select")]
