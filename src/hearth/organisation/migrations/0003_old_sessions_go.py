"""The jobs may forget sessions whose time is over. They see when one ends, not whose it is."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("organisation", "0002_sign_in_tables")]

    operations = [
        migrations.RunSQL(
            "grant select (expire_date), delete on django_session to hearth_worker", migrations.RunSQL.noop
        ),
    ]
