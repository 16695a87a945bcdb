"""Bring a database up to date, as its owner."""

import os
import sys


def migrate() -> None:
    """Run every migration and install the identity key. The process must have been started as the role `owner`."""
    if os.environ.get("HEARTH_DATABASE_ROLE") != "owner":
        raise RuntimeError("migrations run as the owner: HEARTH_DATABASE_ROLE=owner")
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hearth.site.settings")
    django.setup()
    from django.core.management import call_command

    from hearth.access.operations import install_key

    take_over()
    call_command("migrate", verbosity=0, interactive=False)
    install_key()


def take_over() -> None:
    """Make a house from before the first release the same as a new one. There is nothing else to do in it."""
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader

    from hearth.cli.before_release import FAIL_CLOSED, is_from_before

    history = MigrationLoader(connection)
    if is_from_before(set(history.applied_migrations), set(history.disk_migrations)):
        with connection.cursor() as cursor:
            cursor.execute(FAIL_CLOSED)


if __name__ == "__main__":
    from hearth.cli.before_release import TooOld

    try:
        migrate()
    except TooOld as problem:
        sys.exit(str(problem))
