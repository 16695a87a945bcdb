"""Commands."""


def main() -> None:
    """Run one command."""
    import os
    import sys

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hearth.site.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
