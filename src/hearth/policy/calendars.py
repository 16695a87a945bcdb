"""Which days are working days: each nation's bank holidays, with the corrections an administrator has made."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

import holidays

ONE_DAY = timedelta(days=1)
SATURDAY = 5


class Nation(StrEnum):
    ENGLAND = "england"
    WALES = "wales"
    SCOTLAND = "scotland"
    NORTHERN_IRELAND = "northern_ireland"


SUBDIVISION: dict[Nation, str] = {
    Nation.ENGLAND: "ENG",
    Nation.WALES: "WLS",
    Nation.SCOTLAND: "SCT",
    Nation.NORTHERN_IRELAND: "NIR",
}


@lru_cache(maxsize=1024)
def bank_holidays(nation: Nation, year: int) -> frozenset[date]:
    """The nation's bank holidays of one year, as the holidays package knows them."""
    return frozenset(holidays.country_holidays("GB", subdiv=SUBDIVISION[nation], years=year, expand=False))


@dataclass(frozen=True, slots=True)
class Correction:
    """One day the published calendar has wrong: a one-off bank holiday, or one that was moved."""

    nation: Nation
    day: date
    working: bool


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """Monday to Friday less the nation's bank holidays; a correction beats both, and the last one wins."""

    nation: Nation = Nation.ENGLAND
    opened: frozenset[date] = frozenset()
    closed: frozenset[date] = frozenset()

    @classmethod
    def corrected(cls, nation: Nation, corrections: Iterable[Correction]) -> "WorkingCalendar":
        last_word = {each.day: each.working for each in corrections if each.nation == nation}
        return cls(
            nation,
            opened=frozenset(day for day, working in last_word.items() if working),
            closed=frozenset(day for day, working in last_word.items() if not working),
        )

    def is_working(self, day: date) -> bool:
        if day in self.opened:
            return True
        if day in self.closed or day.weekday() >= SATURDAY:
            return False
        return day not in bank_holidays(self.nation, day.year)

    def after(self, day: date, count: int, *, skipping: frozenset[date] = frozenset()) -> date:
        """The count-th working day, from the day after; for nought the day itself or the next working one."""
        return counted(self, day, count, skipping)

    def before(self, day: date, count: int) -> date:
        """The count-th working day before the day."""
        for _ in range(count):
            day -= ONE_DAY
            while not self.is_working(day):
                day -= ONE_DAY
        return day


@lru_cache(maxsize=20_000)
def counted(calendar: WorkingCalendar, day: date, count: int, skipping: frozenset[date]) -> date:
    """Counted day by day, and remembered: the same few days and limits come again and again."""
    if count == 0:
        day -= ONE_DAY
    for _ in range(max(count, 1)):
        day += ONE_DAY
        while day in skipping or not calendar.is_working(day):
            day += ONE_DAY
    return day
