"""When a day that comes is warned of, by the rungs a policy writes: so long before, or so long over it."""

from collections.abc import Sequence
from datetime import datetime

from hearth.policy.calendars import WorkingCalendar
from hearth.policy.durations import Due, after, before
from hearth.policy.packs.shapes import Rung


def moment_of(rung: Rung, point: Due, days: WorkingCalendar) -> datetime:
    """The moment one rung comes."""
    return after(point, rung.by, days) if rung.is_over else before(point, rung.by, days)


def last_passed(rungs: Sequence[Rung], point: Due, days: WorkingCalendar, *, at: datetime) -> str:
    """The rung that came last, in the policy's words; nothing where none has come yet."""
    passed = [(moment, str(rung)) for rung in rungs if (moment := moment_of(rung, point, days)) <= at]
    return max(passed)[1] if passed else ""
