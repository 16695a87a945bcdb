"""The rounds: what is done again and again, without anybody asking. Each looks for what is due and does it.

A round runs by its timetable. The database can name one to begin at once (`notify hearth_due, 'drafts'`); when it names
none, those begin that somebody waits for.
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
    is_waited_for: bool = False  # somebody waits for it: it begins at once when the database says so


def send_messages(at: datetime) -> object:
    """Whatever waits in the outbox leaves."""
    from hearth.outbound.operations import deliver

    return sum(1 for _ in iter(lambda: deliver(at=at), None))


def pass_alerts_on(at: datetime) -> object:
    """An alert that nobody acknowledged in time rings the next rung."""
    from hearth.outbound.operations import pass_on_unacknowledged

    return pass_on_unacknowledged(at=at)


def watch_the_rota(at: datetime) -> object:
    """That nobody is on call is written down, and the leads are told."""
    from hearth.outbound.operations import note_rota_gap

    return note_rota_gap(at=at)


def remove_drafts(at: datetime) -> object:
    """Drafts whose time is over go."""
    from hearth.drafts.operations import remove_gone

    return remove_gone(at=at)


def make_months(_at: datetime) -> object:
    """The ledger's months are made well ahead."""
    from hearth.ledger.operations import make_partitions

    return make_partitions()


ROUNDS = (
    Round("messages", "* * * * * */20", send_messages, is_waited_for=True),
    Round("alerts", "* * * * * */20", pass_alerts_on),
    Round("rota", "* * * * *", watch_the_rota),
    Round("drafts", "*/10 * * * *", remove_drafts),
    Round("months", "17 */6 * * *", make_months),
)
