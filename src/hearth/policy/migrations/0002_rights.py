"""Everybody who is let in reads the policies; the house keeps what was adopted. Nothing in a policy is confidential."""

from django.db import migrations

READERS = "hearth_app, hearth_broad, hearth_narrow, hearth_worker, hearth_house"


class Migration(migrations.Migration):
    dependencies = [("policy", "0001_initial")]
    operations = [
        migrations.RunSQL(f"grant select on policy_adoption, policy_packfile to {READERS}", migrations.RunSQL.noop),
        migrations.RunSQL("grant insert on policy_adoption, policy_packfile to hearth_house", migrations.RunSQL.noop),
    ]
