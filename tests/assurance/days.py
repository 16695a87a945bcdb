"""The days of these stories."""

from datetime import datetime

from hearth.policy.durations import LOCAL


def on(day: int, month: int = 12, hour: int = 9, year: int = 2026) -> datetime:
    """A moment in UK time."""
    return datetime(year, month, day, hour, tzinfo=LOCAL)
