"""A small world for the engine: the Manchester pack in force, and happenings numbered as they are recorded."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

import pytest

from hearth.policy.durations import LOCAL
from hearth.policy.packs import Pack, load
from hearth.policy.terms import Fact
from hearth.timescales.clocks import Clock, Happening, Ref
from hearth.timescales.engine import Ground, fold

PACKS = Path(__file__).resolve().parents[2] / "packs"


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


@pytest.fixture(scope="session")
def manchester() -> Pack:
    return load(PACKS / "manchester-2025")


@pytest.fixture(scope="session")
def london() -> Pack:
    return load(PACKS / "london")


@pytest.fixture
def world_of() -> Callable[[Pack], World]:
    return lambda pack: World(Ground(Adopted([(datetime(2026, 1, 1, tzinfo=LOCAL), pack)])))


@pytest.fixture
def world(world_of: Callable[[Pack], World], manchester: Pack) -> World:
    return world_of(manchester)


@pytest.fixture
def moment() -> Callable[[str], datetime]:
    return at


@pytest.fixture
def day() -> Callable[[str], date]:
    return date.fromisoformat
