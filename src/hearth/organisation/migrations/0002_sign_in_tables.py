"""What the roles may do with the tables of signing in."""

from django.db import migrations

from hearth.ledger.sql_files import installed


class Migration(migrations.Migration):
    dependencies = [("organisation", "0001_initial"), ("sessions", "0001_initial"), ("account", "0009_emailaddress_unique_primary_email"), ("mfa", "0003_authenticator_type_uniq"), ("socialaccount", "0006_alter_socialaccount_extra_data")]
    operations = [
        *installed(__file__, "sign_in"),
    ]
