"""A draft is its writer's alone."""

from django.db import migrations

from hearth.access.row_security import own_policies
from hearth.ledger.sql_files import installed


class Migration(migrations.Migration):
    dependencies = [("drafts", "0001_drafts"), ("access", "0002_row_security")]
    operations = [
        *own_policies("drafts_draft"),
        *installed(__file__, "own_user_only"),
    ]
