"""Sessions are kept under a digest of their key from now on. Those kept under the key itself go: people sign in again."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("organisation", "0004_administering")]

    operations = [migrations.RunSQL("delete from django_session", migrations.RunSQL.noop)]
