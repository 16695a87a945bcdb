"""What is done in a case is counted month by month."""

from django.db import migrations

from hearth.ledger.sql_files import installed


class Migration(migrations.Migration):
    dependencies = [("assurance", "0003_ended_late")]
    operations = [*installed(__file__, "more_counted")]
