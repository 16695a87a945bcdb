"""Whether the office is open, by the policy's own hours and the nation's working days. Plain Python."""

from datetime import datetime, time

from hearth.policy.calendars import WorkingCalendar
from hearth.policy.durations import LOCAL
from hearth.policy.packs.pack import Pack


def is_open(pack: Pack, at: datetime, days: WorkingCalendar) -> bool:
    """Whether somebody is in the office at this moment. A pack without hours has an office that never closes."""
    if pack.on_call is None:
        return True
    local = at.astimezone(LOCAL)
    opens, closes = time.fromisoformat(pack.on_call.opens), time.fromisoformat(pack.on_call.closes)
    return days.is_working(local.date()) and opens <= local.time() < closes
