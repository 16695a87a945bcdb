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

    add_options_in_place()
    call_command("migrate", verbosity=0, interactive=False)
    install_key()


def add_options_in_place() -> None:
    """Let migrations write a new index or constraint on the class there is.

    Django makes that class anew, and with it every class that refers to the same users: two fifths of the work of all
    migrations. What PostgreSQL is told needs the class's table and columns, and those stay as they are.
    """
    from django.db.migrations.state import ProjectState

    def append(self: ProjectState, app_label: str, model_name: str, option_name: str, new: object) -> None:
        options = self.models[app_label, model_name].options
        options[option_name] = [*options[option_name], new]
        if "apps" in vars(self):
            setattr(self.apps.get_model(app_label, model_name)._meta, option_name, options[option_name])

    setattr(ProjectState, "_append_option", append)  # noqa: B010 - not in Django's types


if __name__ == "__main__":
    migrate()
