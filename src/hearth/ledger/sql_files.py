"""The SQL of an app, installed by its own migration. What stands in it is written once: docs/adr/0098."""

from pathlib import Path

from django.db.migrations.operations import RunSQL


def installed(migration: str, *subjects: str) -> list[RunSQL]:
    """The files of these subjects from the `sql` folder of the app whose migration asks, in this order."""
    folder = Path(migration).resolve().parent.parent / "sql"
    return [RunSQL((folder / f"{subject}.sql").read_text(), RunSQL.noop) for subject in subjects]
