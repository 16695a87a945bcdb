"""One record's story: what happened, in order, into the ledger; and the promises it made, reckoned by the engine."""

import hashlib
import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from json.encoder import encode_basestring_ascii

from hearth.cli.filling.plan import Numbers, Plan
from hearth.cli.filling.sheets import Sheets
from hearth.organisation.terms import Part
from hearth.policy.durations import LOCAL
from hearth.policy.packs import Pack
from hearth.policy.terms import Fact
from hearth.timescales.clocks import Clock, Happening, Ref, rungs
from hearth.timescales.declarations import touched
from hearth.timescales.engine import step
from hearth.timescales.grounds import Ground
from hearth.timescales.operations import cited
from hearth.timescales.rows import columns
from hearth.timescales.terms import State

SPOKEN = json.JSONEncoder(ensure_ascii=False, sort_keys=True)
PLAIN: Mapping[bool | None, str] = {None: "null", True: "true", False: "false"}


@dataclass(frozen=True)
class Team:
    """Who does what in one stretch of cases."""

    reporters: Sequence[int]
    triage: int
    workers: Sequence[int]
    manager: int
    surveyor: int
    lead: int


@dataclass
class Desk:
    """What every story of a stretch needs at hand."""

    plan: Plan
    numbers: Numbers
    rng: random.Random
    sheets: Sheets
    ground: Ground
    pack: Pack
    team: Team
    homes: list["Home"] = field(default_factory=list)

    @property
    def now(self) -> datetime:
        return self.plan.now

    @cached_property
    def kinds(self) -> frozenset[str]:
        """The kinds of record that anything is promised to."""
        return frozenset(rule.about for rule in self.pack.rules.values())

    def key(self) -> str:
        """A random id for addresses and keys, as text."""
        drawn = f"{self.rng.getrandbits(128):032x}"
        return f"{drawn[:12]}4{drawn[13:16]}a{drawn[17:]}"

    def later(self, at: datetime, least: float, most: float) -> datetime:
        """Some hours later."""
        return at + timedelta(minutes=int(60 * (least + self.rng.random() * (most - least))))

    def by_day(self, day: date) -> datetime:
        """Some time of a day at which people are about."""
        moment = time(8 + int(self.rng.random() * 11), int(self.rng.random() * 60))
        return datetime.combine(day, moment, LOCAL).astimezone(UTC)


@dataclass(frozen=True)
class Home:
    """A home and who lives there: (person id, is a child)."""

    id: int
    people: Sequence[tuple[int, bool]]


@dataclass(frozen=True, slots=True)
class Told:
    """Something that happened, before it has its place in the ledger."""

    at: datetime
    act: str
    about: Ref
    by: int
    facts: Mapping[str, Fact]
    words: Mapping[str, str]


class Story:
    """Everything that happened in one circle."""

    def __init__(self, desk: Desk, *, circle: int, restricted: bool = False) -> None:
        self.desk, self.circle, self.restricted = desk, circle, restricted
        self._told: list[Told] = []
        self.clocks: dict[Ref, tuple[Clock, ...]] = {}
        self.written: list[Happening] = []

    def happened(
        self, act: str, about: Ref, *, by: int, at: datetime, words: Mapping[str, str] | None = None, **facts: Fact
    ) -> None:
        """Something happened. In what order it is told does not matter."""
        self._told.append(Told(at, act, about, by, facts, words or {}))

    def end(self) -> None:
        """Write it all down, in the order in which it happened."""
        for told in sorted(self._told, key=lambda each: each.at):
            happening = self._write(told)
            self.written.append(happening)
            for ref in {happening.about, *happening.also}:
                if ref[0] in self.desk.kinds:
                    self.clocks[ref] = step(self.clocks.get(ref, ()), happening, ref, self.desk.ground)
        for found in self.clocks.values():
            for clock in found:
                self._keep(clock)

    def _write(self, told: Told) -> Happening:
        entry = self.desk.numbers.new("ledger_entry")
        happening = Happening(entry, told.act, told.about, told.at, told.facts, touched(told.act, told.facts))
        digest = None
        if told.words:
            salt = self.desk.rng.randbytes(16)
            body = SPOKEN.encode(told.words)
            digest = hashlib.sha256(salt + body.encode()).digest()
            self.desk.sheets.add("ledger_entry_words", told.by, id=entry, circle_id=self.circle, salt=salt, body=body)
        self.desk.sheets.add(
            "ledger_entry", told.by, id=entry, act=told.act, about_kind=told.about[0], about_id=told.about[1],
            circle_id=self.circle, happened_at=told.at, clause=cited(happening, self.desk.ground),
            facts=coded(told.facts), words_digest=digest,
        )  # fmt: skip
        return happening

    def _keep(self, clock: Clock) -> None:
        """A clock's row; of a promise that runs, with the notices somebody was given so far."""
        desk, ground = self.desk, self.desk.ground
        rule = ground.rule_of(clock)
        days = ground.calendar(desk.pack.nation)
        number = desk.numbers.new("timescales_clock")
        given = set()
        if clock.state is State.RUNNING:
            for rung, moment in rungs(clock, rule, days):
                if moment <= desk.now:
                    given.add(rung)
                    desk.sheets.add(
                        "timescales_notice", id=desk.numbers.new("timescales_notice"), rung=rung, given_at=moment,
                        circle_id=self.circle, clock_id=number,
                    )  # fmt: skip
        row = columns(clock, rule, days, frozenset(given))
        row["facts"], row["pauses"] = coded(dict(clock.facts)), "[]"  # nothing is paused here
        desk.sheets.add("timescales_clock", id=number, public_id=desk.key(), circle_id=self.circle, **row)

    def next_due(self, about: Ref) -> datetime | None:
        """When our soonest promise to a record falls due: what a work list is ordered by."""
        ground = self.desk.ground
        due = [
            clock.due.at
            for clock in self.clocks.get(about, ())
            if clock.due and clock.state is State.RUNNING and ground.rule_of(clock).whose.value == "ours"
        ]
        return min(due, default=None)

    def first_due(self, about: Ref) -> datetime | None:
        """When the soonest promise that its first happening began fell due, but for those of whoever is on call."""
        rule_of = self.desk.ground.rule_of
        begun = [clock for clock in self.clocks.get(about, ()) if rule_of(clock).owner != Part.ON_CALL]
        first = min((clock.started_by for clock in begun), default=0)
        return min((clock.due.at for clock in begun if clock.due and clock.started_by == first), default=None)


def coded(facts: Mapping[str, Fact]) -> str:
    """Facts as the ledger keeps them. Their names are plain words."""
    return "{" + ", ".join([f'"{name}": {_coded(fact)}' for name, fact in facts.items()]) + "}"


def _coded(fact: Fact) -> str:
    if isinstance(fact, str):
        return encode_basestring_ascii(fact)
    if isinstance(fact, date):
        return f'"{fact.isoformat()}"'
    return PLAIN[fact] if fact is None or isinstance(fact, bool) else str(fact)
