"""A rare word is looked for in all notes at once."""

from django.db import migrations

from hearth.ledger.sql_files import installed


class Migration(migrations.Migration):
    dependencies = [("cases", "0005_dropped_actions")]
    operations = [*installed(__file__, "rare_words")]
