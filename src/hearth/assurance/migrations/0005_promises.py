"""How the promises of a policy stand now. The SQL file is frozen with this migration."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("assurance", "0004_access_log"), ("timescales", "0004_soonest_of_a_rule")]
    operations = [migrations.RunSQL((SQL / "0004_promises.sql").read_text(), migrations.RunSQL.noop)]
