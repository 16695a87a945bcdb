"""Whoever holds a record in the lead's place plays the lead's part there."""

from django.db import migrations

from hearth.ledger.sql_files import installed


class Migration(migrations.Migration):
    dependencies = [("access", "0002_row_security")]
    operations = [*installed(__file__, "in_the_leads_place")]
