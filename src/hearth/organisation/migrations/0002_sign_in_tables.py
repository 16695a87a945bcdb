"""What the roles may do with the tables of signing in: the application alone, and only while it is nobody."""

from django.db import migrations

TABLES = (
    "django_session",
    "account_emailaddress",
    "account_emailconfirmation",
    "mfa_authenticator",
    "socialaccount_socialaccount",
    "socialaccount_socialapp",
    "socialaccount_socialtoken",
    "hearth_cache",
)

CACHE = """
    create table hearth_cache (
        cache_key varchar(255) primary key,
        value text not null,
        expires timestamptz not null
    )
"""


class Migration(migrations.Migration):
    dependencies = [
        ("organisation", "0001_initial"),
        ("sessions", "0001_initial"),
        ("account", "0009_emailaddress_unique_primary_email"),
        ("mfa", "0003_authenticator_type_uniq"),
        ("socialaccount", "0006_alter_socialaccount_extra_data"),
    ]

    operations = [
        migrations.RunSQL(CACHE, "drop table hearth_cache"),
        migrations.RunSQL("create index hearth_cache_expires on hearth_cache (expires)", migrations.RunSQL.noop),
        *(
            migrations.RunSQL(
                f"grant select, insert, update, delete on {table} to hearth_app", migrations.RunSQL.noop
            )
            for table in TABLES
        ),
    ]
