"""Happenings numbered as they are recorded, the packs in force, and the clocks the engine makes of them."""

from dataclasses import dataclass, field
from datetime import datetime

from hearth.policy.durations import LOCAL
from hearth.policy.packs import Pack
from hearth.policy.terms import Fact
from hearth.timescales.clocks import Clock, Happening, Ref
from hearth.timescales.engine import fold
from hearth.timescales.grounds import Ground


def at(words: str) -> datetime:
    return datetime.strptime(words, "%Y-%m-%d %H:%M").replace(tzinfo=LOCAL)


@dataclass
class Adopted:
    """The packs that were adopted, each with the moment it came into force."""

    packs: list[tuple[datetime, Pack]] = field(default_factory=list)

    def in_force(self, moment: datetime) -> Pack | None:
        return next((pack for since, pack in reversed(self.packs) if since <= moment), None)

    def all(self) -> list[Pack]:
        return [pack for _, pack in self.packs]

    def of(self, digest: str) -> Pack:
        return next(pack for _, pack in self.packs if pack.digest == digest)


@dataclass
class World:
    """What was recorded so far."""

    ground: Ground
    happenings: list[Happening] = field(default_factory=list)

    def happens(self, act: str, about: Ref, when: str, *, also: tuple[Ref, ...] = (), **facts: Fact) -> int:
        seq = len(self.happenings) + 1
        self.happenings.append(Happening(seq, act, about, at(when), facts, also))
        return seq

    def clocks(self, about: Ref) -> tuple[Clock, ...]:
        return fold(self.happenings, about, self.ground)

    def clock(self, about: Ref, rule: str) -> Clock:
        return [clock for clock in self.clocks(about) if clock.rule == rule][-1]

    def due(self, about: Ref, rule: str) -> str:
        point = self.clock(about, rule).due
        if point is None:
            return "as required"
        return str(point.day) if point.day else point.at.astimezone(LOCAL).strftime("%Y-%m-%d %H:%M")
