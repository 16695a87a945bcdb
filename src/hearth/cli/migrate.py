"""Bring a database up to date, as its owner."""

import os


def migrate() -> None:
    """Run every migration and install the identity key. The process must have been started as the role `owner`."""
    if os.environ.get("HEARTH_DATABASE_ROLE") != "owner":
        raise RuntimeError("migrations run as the owner: HEARTH_DATABASE_ROLE=owner")
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hearth.site.settings")
    django.setup()
    from django.core.management import call_command

    from hearth.access.operations import install_key

    call_command("migrate", verbosity=0, interactive=False)
    install_key()


if __name__ == "__main__":
    migrate()
