"""What every clock stands on: the packs that bind a record, and what came into force since. Plain Python."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from hearth.policy.calendars import Correction, Nation, WorkingCalendar
from hearth.policy.packs.pack import Pack
from hearth.policy.packs.shapes import Rule
from hearth.timescales.clocks import Clock, Turn


class Policies(Protocol):
    """The packs: the one in force at a moment, the one of a digest, and every one ever adopted."""

    def in_force(self, at: datetime) -> Pack | None: ...
    def of(self, digest: str) -> Pack: ...
    def all(self) -> Sequence[Pack]: ...


class PoliciesOfAGroup(Policies, Protocol):
    """The packs where companies of a group have policies of their own."""

    def for_entity(self, entity: int | None) -> "PoliciesOfAGroup":
        """Those that bind the records of one company."""

    def has(self, turn: Turn) -> bool:
        """Whether a coming into force is of one of these."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What every clock stands on: the packs, and the calendar corrections with the entries that made them."""

    packs: Policies
    corrections: tuple[tuple[int, Correction], ...] = ()
    turns: tuple[Turn, ...] = ()
    group: PoliciesOfAGroup | None = None
    """Only where a company has a policy of its own."""

    def for_entity(self, entity: int | None) -> "Ground":
        """The same for the records of one company: its own policies where it has them, else the organisation's.

        What a record stands on is settled before its history is folded; the fold itself knows nothing of companies.
        """
        if self.group is None:
            return self
        packs = self.group.for_entity(entity)
        return replace(self, packs=packs, turns=tuple(turn for turn in self.turns if packs.has(turn)))

    def calendar(self, nation: Nation, until: int | None = None) -> WorkingCalendar:
        """The calendar as it is known; for a clock that stopped, as it was known when that was recorded."""
        if not self.corrections:
            return WorkingCalendar(nation)
        known = [each for seq, each in self.corrections if until is None or seq < until]
        return WorkingCalendar.corrected(nation, known)

    def turned_since(self, at: datetime) -> bool:
        """Whether a policy came into force for running promises after a moment."""
        return any(turn.at > at for turn in self.turns)

    def rule_of(self, clock: Clock) -> Rule:
        return self.packs.of(clock.digest).rules[clock.rule]

    def timed(self, clock: Clock) -> Clock:
        """The clock with its due time. One that stopped is due when it was, but for pauses and corrected days."""
        if clock.stopped_by and clock.due and not clock.pauses and not self.corrections:
            return clock
        return clock.timed(self.days_of(clock, clock.stopped_by))

    def days_of(self, clock: Clock, until: int | None = None) -> WorkingCalendar:
        """The working days of the nation a clock counts in, as they were known by an entry."""
        return self.calendar(self.packs.of(clock.digest).nation, until)
