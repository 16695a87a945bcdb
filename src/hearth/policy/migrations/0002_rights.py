"""Who reads policies, and who writes them."""

from django.db import migrations

from hearth.ledger.sql_files import installed


class Migration(migrations.Migration):
    dependencies = [("policy", "0001_initial"), ("ledger", "0001_initial")]
    operations = [
        *installed(__file__, "rights"),
    ]
