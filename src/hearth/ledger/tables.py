"""Tables whose every change is kept: each app lists its own in its own migration."""

from collections.abc import Sequence

from django.db.migrations.operations import RunSQL

EVENTS = {
    "added": ("insert", "new table as new_rows"),
    "changed": ("update", "old table as old_rows new table as new_rows"),
    "removed": ("delete", "old table as old_rows"),
}


def track_changes(
    table: str, *, key: str = "id", leaving_out: Sequence[str] = (), nobody_may: bool = False
) -> list[RunSQL]:
    """Keep every change of a table's rows in the ledger, from one trigger a statement.

    The contents of the columns `leaving_out` (password hashes, tokens) are not kept, only that they changed.
    `nobody_may` is for tables that sign-in itself changes, when nobody is signed in yet.
    """
    arguments = ", ".join(f"'{argument}'" for argument in (key, str(nobody_may).lower(), *leaving_out))
    return [
        RunSQL(
            f"create trigger note_{what} after {event} on {table} referencing {rows}"
            f" for each statement execute function hearth.note_{what}({arguments})",
            f"drop trigger note_{what} on {table}",
        )
        for what, (event, rows) in EVENTS.items()
    ]
