"""A receipt of what came by a link has a code. The SQL file is frozen with this migration."""

from django.conf import settings
from pathlib import Path

from django.db import migrations, models

from hearth.ledger.tables import track_changes

SQL = Path(__file__).resolve().parent.parent / "sql" / "0001_receipt_codes.sql"
TRACKED_ANEW = "drop trigger note_{0} on concerns_concern"


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0016_no_index_twice'),
        ('concerns', '0006_which_home'),
        ('housing', '0009_kinds_known'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='concern',
            name='receipt_digest',
            field=models.CharField(blank=True, db_default='', default='', max_length=64),
        ),
        migrations.AddIndex(
            model_name='concern',
            index=models.Index(condition=models.Q(('receipt_digest', ''), _negated=True), fields=['receipt_digest'], name='concern_of_receipt'),
        ),
        migrations.RunSQL(SQL.read_text(), migrations.RunSQL.noop),
        *(
            migrations.RunSQL(TRACKED_ANEW.format(what), migrations.RunSQL.noop)
            for what in ("added", "changed", "removed")
        ),
        *track_changes("concerns_concern", leaving_out=["receipt_digest"]),
    ]
