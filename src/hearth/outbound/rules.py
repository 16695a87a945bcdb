"""When to try again, and when nobody is on call. Plain Python."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from hearth.outbound.terms import Gap

FIRST_WAIT = timedelta(seconds=15)
LONGEST_WAIT = timedelta(hours=1)
MOST_TRIES = 12
KEPT_AFTERWARDS = timedelta(weeks=4)  # how long a message that ended and a notice stay to be looked at


def next_try(tries: int, at: datetime) -> datetime:
    """When a message that failed is tried again: each wait is twice the last, at most an hour."""
    wait = FIRST_WAIT * (1 << max(tries - 1, 0))
    return at + min(wait, LONGEST_WAIT)


def gaps(shifts: Iterable[tuple[datetime, datetime]], start: datetime, end: datetime) -> list[Gap]:
    """The stretches between two instants that no shift covers."""
    found, covered_to = [], start
    for starts_at, ends_at in sorted(shifts):
        if starts_at > covered_to and covered_to < end:
            found.append(Gap(covered_to, min(starts_at, end)))
        covered_to = max(covered_to, ends_at)
    if covered_to < end:
        found.append(Gap(covered_to, end))
    return found


def next_rung(rungs: Sequence[int], last: int) -> tuple[int, bool] | None:
    """The rung after `last`, and whether the ladder began again; None when nobody is on call."""
    if not rungs:
        return None
    higher = [rung for rung in rungs if rung > last]
    return (min(higher), False) if higher else (min(rungs), True)
