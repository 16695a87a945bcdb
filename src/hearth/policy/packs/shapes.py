"""What a pack is made of: frozen values, read once, asked often. `Pack` itself stands in pack.py."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from hearth.policy.durations import Duration, parse
from hearth.policy.packs.conditions import Condition, Facts
from hearth.policy.packs.keeping import Keeper
from hearth.policy.terms import AppliesTo, Fact, Force, Whose


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is written: pack, file and line."""

    pack: str
    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.pack}/{self.file}:{self.line}"


@dataclass(frozen=True, slots=True)
class Clause:
    """One duty of a policy or a law, in our words. What is not confirmed is never shown as law."""

    id: str
    text: str
    source: str
    standing: str
    note: str
    kept_by: tuple[Keeper, ...]
    policy: str
    since: date | None
    until: date | None
    replaced_by: str
    place: Place

    @property
    def is_confirmed(self) -> bool:
        return self.standing != TO_BE_CONFIRMED

    def holds_on(self, day: date) -> bool:
        """Whether the clause is in force on a day: law comes and goes by its dates."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


TO_BE_CONFIRMED = "to be confirmed"
STANDINGS = frozenset({"in force", TO_BE_CONFIRMED, "superseded", "ours"})


@dataclass(frozen=True, slots=True)
class Trigger:
    """A happening, and what must hold of its facts."""

    act: str
    when: Condition | None = None

    def fires(self, act: str, facts: Facts) -> bool:
        return act == self.act and (self.when is None or self.when.holds(facts))


@dataclass(frozen=True, slots=True)
class Band:
    """The limit where the condition holds; without a condition, everywhere else. A clause of its own says so."""

    limit: Duration
    when: Condition | None = None
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of a warning ladder: so long before the due time, or so long over it."""

    by: Duration
    is_over: bool

    def __str__(self) -> str:
        return f"{self.by} {'over' if self.is_over else 'before'}"


@dataclass(frozen=True, slots=True)
class Rule:
    """A promise: what starts its clock, what stops it, how long it may run, whose it is and who is told."""

    id: str
    promise: str
    about: str
    clause: str
    force: Force
    whose: Whose
    owner: str
    starts: tuple[Trigger, ...]
    stops: tuple[Trigger, ...]
    ends: tuple[Trigger, ...]
    rebands: tuple[Trigger, ...]
    bands: tuple[Band, ...]
    due_on: str
    counts_from: str
    cadence: bool
    warn: tuple[Rung, ...]
    tell: tuple[str, ...]
    pauses: tuple[str, ...]
    extends: tuple[str, ...]
    applies_to: AppliesTo
    place: Place
    also: tuple[str, ...] = ()
    """Clauses that ask the same besides: of the provider's other policy, where two share the promise."""

    @property
    def cited(self) -> tuple[str, ...]:
        """Every clause it rests on: its own, those that ask the same besides, and those of its bands."""
        bands = (band.clause for band in self.bands if band.clause)
        return tuple(dict.fromkeys((self.clause, *self.also, *bands)))

    def limit_for(self, facts: Facts) -> Duration | None:
        """The limit of the first band that holds, or None where the day stands in a fact."""
        band = self._band(facts)
        return band.limit if band else None

    def clause_for(self, facts: Facts) -> str:
        """The clause of the band that holds, where it has one of its own."""
        band = self._band(facts)
        return band.clause if band and band.clause else self.clause

    def _band(self, facts: Facts) -> Band | None:
        return next((band for band in self.bands if band.when is None or band.when.holds(facts)), None)

    def turns_on(self) -> frozenset[str]:
        """The happenings by which it begins or is over; others only choose its band."""
        return frozenset(each.act for each in (*self.starts, *self.stops, *self.ends))

    def acts(self) -> frozenset[str]:
        """Every happening this rule listens to."""
        return frozenset(each.act for each in (*self.starts, *self.stops, *self.ends, *self.rebands))


@dataclass(frozen=True, slots=True)
class Gate:
    """What must hold before an act, with its clause and the sentence that says what is missing."""

    id: str
    act: str
    clause: str
    sentence: str
    requires: Condition | None
    when: Condition | None
    if_over: str
    if_running: Whose | None
    no_clock_of: Whose | None
    place: Place


@dataclass(frozen=True, slots=True)
class Sign:
    """Something one can notice, the lines shown when it is ticked and the alarms it rings. Never a type of abuse."""

    code: str
    label: str
    lines: tuple[str, ...]
    alarms: frozenset[str]
    mentions: frozenset[str]
    clause: str
    place: Place
    hazard: str = ""


ALARMS = frozenset({"immediate", "unsafe_home", "same_evening"})
MENTIONS = frozenset({"child", "domestic_abuse", "weapon"})
MOST_SIGNS = 12


@dataclass(frozen=True, slots=True)
class Post:
    """A post by its local title, the parts it plays, who covers it, for how long it is given, how its end is warned of,
    whether its holders meet residents, and who hears a concern about its holder."""

    id: str
    title: str
    parts: frozenset[str]
    cover: str
    required: bool
    holders: int
    appointed_for: Duration | None
    remind: tuple[Rung, ...]
    meets_residents: bool
    about_holder: str
    clause: str
    place: Place


@dataclass(frozen=True, slots=True)
class OnCall:
    """Who is rung, how long each has to answer, and when the office is open.

    `acknowledge_within` is for danger now, `look_within` for a first look the same evening.
    """

    ladder: tuple[str, ...]
    acknowledge_within: Duration
    look_within: Duration
    opens: str
    closes: str
    clause: str
    place: Place


@dataclass(frozen=True, slots=True)
class Opening:
    """How long a record stays open to somebody who has no lasting place in it."""

    id: str
    lasts: Duration
    clause: str
    force: Force
    place: Place


# An emergency opening; whoever took an on-call alert; the case team's manager once the case is closed.
OPENINGS = frozenset({"emergency", "on_call", "manager_after_closing"})
# PostgreSQL refuses an emergency opening that lasts longer, whatever a pack says.
LONGEST_EMERGENCY = parse("4 hours")


@dataclass(frozen=True, slots=True)
class Route:
    """Another agency one refers to, for an area and a kind of person; whether who tells of danger is given it."""

    id: str
    to: str
    name: str
    area: str
    subject: str
    phone: str
    out_of_hours_phone: str
    form: str
    on_receipt: bool
    clause: str
    place: Place


@dataclass(frozen=True, slots=True)
class Decision:
    """One answer triage may give, in local words. What each needs beside a reason, triage knows."""

    code: str
    label: str
    clause: str
    place: Place


@dataclass(frozen=True, slots=True)
class SmallNumbers:
    """From how few on a published figure is not told, so that it points at nobody."""

    fewer_than: int
    clause: str


@dataclass(frozen=True, slots=True)
class KeptLate:
    """For how many months, this one among them, a promise that was kept late still puts its clause at risk."""

    months: int
    clause: str


@dataclass(frozen=True, slots=True)
class Dropped:
    """Something inherited that is taken out: of which section, by its key, by which clause and why."""

    section: str
    key: str
    clause: str
    why: str
    place: Place


@dataclass(frozen=True, slots=True)
class WorkedDate:
    """One date this pack must give."""

    what: str
    rule: str
    start: str
    facts: Mapping[str, Fact]
    falls_due: str
    place: Place
