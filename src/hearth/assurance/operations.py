"""Keeping the figures: folding what was written, comparing them with the ledger. For the jobs process and commands."""

from collections.abc import Sequence

from django.db import connection

from hearth.assurance.terms import CountDiffers
from hearth.organisation.queries import companies

AT_ONCE = 5_000


def fold_counts(*, most: int = AT_ONCE) -> int:
    """Move what acts have added into their months' sums, some at a time. Returns how many were moved."""
    folded, moved = 0, most
    while moved == most:
        with connection.cursor() as cursor:
            cursor.execute("select hearth.fold_counts(%s)", [most])
            moved = int(cursor.fetchone()[0])
        folded += moved
    return folded


def check_counts() -> Sequence[CountDiffers]:
    """Every stored figure that is not what the ledger tells."""
    with connection.cursor() as cursor:
        cursor.execute("select measure, month, part, stored, told, entity_id from hearth.counts_that_differ()")
        rows = cursor.fetchall()
    names = companies() if any(row[-1] for row in rows) else {}
    return [
        CountDiffers(measure, month, part, stored, told, names.get(entity, ""))
        for measure, month, part, stored, told, entity in rows
    ]


def mend_counts() -> int:
    """Make the stored figures what the ledger tells. Returns how many were put right."""
    with connection.cursor() as cursor:
        cursor.execute("select hearth.mend_counts()")
        return int(cursor.fetchone()[0])
