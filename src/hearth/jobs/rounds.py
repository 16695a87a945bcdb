"""The rounds: what is done again and again, without anybody asking. Each looks for what is due and does it.

A round runs by its timetable, and at once when the database says that something of its kind is due (`hearth_due`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Round:
    """One round. `cron` is minute, hour, day, month, weekday and, where it matters, second."""

    name: str
    cron: str
    make: Callable[[datetime], object]


def remove_drafts(at: datetime) -> object:
    """Drafts whose time is over go."""
    from hearth.drafts.operations import remove_gone

    return remove_gone(at=at)


def make_months(_at: datetime) -> object:
    """The ledger's months are made well ahead."""
    from hearth.ledger.operations import make_partitions

    return make_partitions()


ROUNDS = (
    Round("drafts", "*/10 * * * *", remove_drafts),
    Round("months", "17 */6 * * *", make_months),
)
