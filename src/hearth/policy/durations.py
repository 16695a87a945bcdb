"""The one parser of "10 working days", and the one place that says when such a limit falls due.

Hours are real elapsed hours, through nights, weekends and clock changes. Every other limit is counted in days from
the day after, ends at the next local midnight (exclusive) and is shown as the day.
"""

import calendar as months_of_the_year
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

from hearth.policy.calendars import WorkingCalendar

LOCAL = ZoneInfo("Europe/London")
# The days people and systems may name: a slip of the finger lies outside, a birth and the longest promise inside.
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
MONTHS_IN_YEAR = 12


class Unit(StrEnum):
    MINUTES = "minutes"
    HOURS = "hours"
    WORKING_DAYS = "working days"
    CALENDAR_DAYS = "calendar days"
    WEEKS = "weeks"
    MONTHS = "months"
    IMMEDIATELY = "immediately"
    AS_REQUIRED = "as required"
    NONE = "none"


ELAPSED = frozenset({Unit.MINUTES, Unit.HOURS, Unit.IMMEDIATELY})
UNMEASURED = frozenset({Unit.AS_REQUIRED, Unit.NONE})
COUNTED = {str(unit).removesuffix("s"): unit for unit in Unit if unit not in UNMEASURED | {Unit.IMMEDIATELY}}
WITHOUT_NUMBER = {str(unit): unit for unit in (Unit.IMMEDIATELY, Unit.AS_REQUIRED, Unit.NONE)}
SAME_DAY = {"same day": Unit.CALENDAR_DAYS, "same working day": Unit.WORKING_DAYS}


class NotADuration(ValueError):
    """The words are no time limit Hearth can count."""


@dataclass(frozen=True, slots=True)
class Duration:
    """A time limit: "24 hours", "10 working days", "12 weeks", "immediately", "as required", "none"."""

    number: int
    unit: Unit

    @property
    def is_measured(self) -> bool:
        """Whether a due time follows from it."""
        return self.unit not in UNMEASURED

    @property
    def is_elapsed(self) -> bool:
        """Whether it is counted by the clock and not by days."""
        return self.unit in ELAPSED

    def __str__(self) -> str:
        if self.unit in WITHOUT_NUMBER.values():
            return str(self.unit)
        if self.number == 0:
            return next(words for words, unit in SAME_DAY.items() if unit == self.unit)
        return f"{self.number} {self.unit}" if self.number != 1 else f"1 {str(self.unit).removesuffix('s')}"


@dataclass(frozen=True, slots=True)
class Due:
    """When a limit falls due: an instant and, for a limit in days, the day it is shown as."""

    at: datetime
    day: date | None = None

    def is_over(self, now: datetime) -> bool:
        """A day-limit is over from midnight on; an hour-limit is kept up to and including its last moment."""
        return now >= self.at if self.day else now > self.at


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time that is not counted, because the clock was paused."""

    start: datetime
    end: datetime


@lru_cache(maxsize=1024)
def parse(words: str) -> Duration:
    """Read a time limit as a policy writes it. Raises NotADuration with what would have been understood."""
    plain = " ".join(words.lower().split())
    if plain in WITHOUT_NUMBER:
        return Duration(0, WITHOUT_NUMBER[plain])
    if plain in SAME_DAY:
        return Duration(0, SAME_DAY[plain])
    found = re.fullmatch(r"([0-9]{1,4}) ([a-z]+(?: [a-z]+)?)", plain)
    if found and found[2].removesuffix("s") == "day":
        raise NotADuration(f"“{words}”: say whether these are working days or calendar days")
    unit = COUNTED.get(found[2].removesuffix("s")) if found else None
    if found is None or unit is None or int(found[1]) == 0:
        raise NotADuration(
            f"“{words}” is not a time limit: write a number and minutes, hours, working days, calendar days, weeks or "
            "months, or “same day”, “same working day”, “immediately”, “as required” or “none”"
        )
    return Duration(int(found[1]), unit)


def due(start: datetime, limit: Duration, days: WorkingCalendar, *, paused: Sequence[Span] = ()) -> Due | None:
    """When a limit that began at the start falls due, or None where nothing is measured."""
    if not limit.is_measured:
        return None
    if limit.is_elapsed:
        lost = sum((span.end - span.start for span in paused), timedelta())
        return Due(utc(start) + elapsed(limit) + lost)
    first = local_day(start)
    not_counted = paused_days(paused)
    if limit.unit == Unit.WORKING_DAYS:
        return end_of(days.after(first, limit.number, skipping=not_counted))
    return end_of(moved(first, limit, days) + timedelta(days=len(not_counted)))


def before(point: Due, ahead: Duration, days: WorkingCalendar) -> datetime:
    """The moment a warning is given: so many hours before, or the first moment of the day so many days before."""
    if ahead.is_elapsed:
        return point.at - elapsed(ahead)
    return start_of(moved(shown_day(point), ahead, days, back=True))


def after(point: Due, over: Duration, days: WorkingCalendar) -> datetime:
    """The moment a breach is told again: so many hours over, or the first moment of the day so many days over."""
    if over.is_elapsed:
        return point.at + elapsed(over)
    return start_of(moved(shown_day(point), over, days))


def end_of(day: date) -> Due:
    """A day-limit: over at the midnight that ends the day."""
    return Due(start_of(day + timedelta(days=1)), day)


@lru_cache(maxsize=20_000)
def start_of(day: date) -> datetime:
    return utc(datetime.combine(day, time(), LOCAL))


def local_day(moment: datetime) -> date:
    return utc(moment).astimezone(LOCAL).date()


def utc(moment: datetime) -> datetime:
    """The same instant in UTC; a moment without a time zone is a mistake of ours and refused."""
    if moment.tzinfo is UTC:
        return moment
    if moment.utcoffset() is None:
        raise ValueError("a moment without a time zone cannot be counted from")
    return moment.astimezone(UTC)


def elapsed(limit: Duration) -> timedelta:
    if limit.unit == Unit.MINUTES:
        return timedelta(minutes=limit.number)
    return timedelta(hours=limit.number)


def moved(day: date, by: Duration, days: WorkingCalendar, *, back: bool = False) -> date:
    """The day so many working days, days, weeks or months later (or earlier)."""
    sign = -1 if back else 1
    if by.unit == Unit.WORKING_DAYS:
        return days.before(day, by.number) if back else days.after(day, by.number)
    if by.unit == Unit.MONTHS:
        return months_later(day, sign * by.number)
    return day + timedelta(days=sign * by.number * (7 if by.unit == Unit.WEEKS else 1))


def months_later(day: date, count: int) -> date:
    """The same day of another month, or that month's last day where it is shorter."""
    years, month = divmod(day.month - 1 + count, MONTHS_IN_YEAR)
    year = day.year + years
    return date(year, month + 1, min(day.day, months_of_the_year.monthrange(year, month + 1)[1]))


def paused_days(paused: Sequence[Span]) -> frozenset[date]:
    """The days lost to pauses, counted as limits are: from the day after the pause began to the day it ended."""
    lost: set[date] = set()
    for span in paused:
        first, last = local_day(span.start), local_day(span.end)
        lost.update(first + timedelta(days=n) for n in range(1, (last - first).days + 1))
    return frozenset(lost)


def shown_day(point: Due) -> date:
    return point.day or local_day(point.at)
