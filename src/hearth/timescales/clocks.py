"""A running promise as a value, and what follows from it at a moment: due, warned, over. Plain Python."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from hearth.policy.calendars import WorkingCalendar
from hearth.policy.durations import Due, Duration, Span, after, before, due, end_of
from hearth.policy.packs.shapes import Rule
from hearth.policy.terms import Fact
from hearth.timescales.terms import GOING, State

type Ref = tuple[str, int]

OVER = "over"
LAST = 1 << 62  # an entry after every entry there is


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened: an entry of the ledger as the engine sees it."""

    seq: int
    act: str
    about: Ref
    at: datetime
    facts: Mapping[str, Fact]
    also: tuple[Ref, ...] = ()
    has_moved: bool = False
    """Whether it moved a clock, once that is known."""

    def touches(self, about: Ref) -> bool:
        return about == self.about or about in self.also


@dataclass(frozen=True, slots=True)
class Turn:
    """A policy that came into force, for promises that ran already too: the entry that says so, when, which pack."""

    entry: int
    at: datetime
    digest: str
    entity: int | None = None
    """The company it came into force for; none is the organisation."""


@dataclass(frozen=True, slots=True)
class Pause:
    ground: str
    since: datetime
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Clock:
    """One promise to one record, begun by one entry. The rule and that entry tell it from every other."""

    rule: str
    about: Ref
    digest: str
    started_by: int
    started_at: datetime
    counted_from: datetime
    limit: Duration | None = None
    on_day: date | None = None
    facts: tuple[tuple[str, Fact], ...] = ()
    owner_id: int | None = None
    state: State = State.RUNNING
    stopped_by: int | None = None
    stopped_at: datetime | None = None
    pauses: tuple[Pause, ...] = ()
    extended_to: date | None = None
    due: Due | None = None

    @property
    def key(self) -> tuple[str, int]:
        return self.rule, self.started_by

    @property
    def is_going(self) -> bool:
        return self.state in GOING

    def is_over(self, now: datetime) -> bool:
        """Whether it was or is not kept: measured at the moment it stopped or ended by itself, was paused, or now."""
        if self.due is None or self.state is State.VOID:
            return False
        if self.state == State.PAUSED:
            now = self.pauses[-1].since
        return self.due.is_over(self.stopped_at or now)

    def paused_at(self, ground: str, since: datetime) -> "Clock":
        return replace(self, state=State.PAUSED, pauses=(*self.pauses, Pause(ground, since)))

    def resumed_at(self, until: datetime) -> "Clock":
        """The clock after its last pause, which is not counted."""
        if self.state != State.PAUSED:
            return self
        *earlier, last = self.pauses
        return replace(self, state=State.RUNNING, pauses=(*earlier, replace(last, until=until)))

    def stopped(self, state: State, by: int, at: datetime) -> "Clock":
        return replace(self.resumed_at(at), state=state, stopped_by=by, stopped_at=at)

    def timed(self, days: WorkingCalendar) -> "Clock":
        """The clock with its due time worked out on a calendar."""
        falls = falls_due(self, days)
        return self if falls == self.due else replace(self, due=falls)


def falls_due(clock: Clock, days: WorkingCalendar) -> Due | None:
    """When the promise falls due: its own day or its limit, without pauses, and no sooner than the day it was given."""
    spans = [Span(pause.since, pause.until) for pause in clock.pauses if pause.until]
    point = first_due(clock.counted_from, clock.limit, clock.on_day, days, paused=spans)
    if clock.extended_to and (point is None or end_of(clock.extended_to).at > point.at):
        return end_of(clock.extended_to)
    return point


def first_due(
    counted_from: datetime,
    limit: Duration | None,
    on_day: date | None,
    days: WorkingCalendar,
    *,
    paused: Sequence[Span] = (),
) -> Due | None:
    """When a promise falls due that was given no later day: by its limit, or on the day it names."""
    if limit:
        return due(counted_from, limit, days, paused=paused)
    return end_of(on_day) if on_day else None


def rungs(clock: Clock, rule: Rule, days: WorkingCalendar) -> list[tuple[str, datetime]]:
    """Every notice the promise asks for with its moment, soonest first: warnings, the breach, and reminders of it."""
    if clock.due is None:
        return []
    told = [(OVER, clock.due.at)]
    for rung in rule.warn:
        moment = after(clock.due, rung.by, days) if rung.is_over else before(clock.due, rung.by, days)
        if rung.is_over or moment > clock.started_at:
            told.append((str(rung), moment))
    return sorted(told, key=lambda each: each[1])
