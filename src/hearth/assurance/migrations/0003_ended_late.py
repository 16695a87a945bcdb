"""A promise that was over when it ended by itself counts as late."""

from django.db import migrations

from hearth.ledger.sql_files import installed


class Migration(migrations.Migration):
    dependencies = [("assurance", "0002_counts")]
    operations = [*installed(__file__, "ended_late")]
