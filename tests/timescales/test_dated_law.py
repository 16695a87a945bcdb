"""Law that moves is data: before its day it begins no promise and closes no gate, and after its last day neither."""

from datetime import UTC, datetime

import pytest

from hearth.policy.packs import Chain, Pack, PackFiles, build, wrong_dates
from hearth.timescales.clocks import Happening
from hearth.timescales.engine import fold
from hearth.timescales.gates import unmet
from hearth.timescales.grounds import Ground

PACK = """
[pack]
title = "Dated"
version = "1"
policy = "Dated"

[[clause]]
id = "L"
text = "Law."
source = "An act"
since = 2026-12-01
until = 2027-03-31

[[rule]]
id = "case.promise"
promise = "Keep it"
about = "case"
clause = "L"
owner = "lead"
starts = "case.opened"
stops = "case.reviewed"
limit = "1 working day"
cadence = true

[[gate]]
id = "gate"
act = "case.closed"
clause = "L"
sentence = "Say it"
requires = { fact = "outcome", present = true }

[[date]]
what = "Before the law"
rule = "case.promise"
start = "2026-11-30 09:00"
due = "never: its clause is not in force"

[[date]]
what = "On its first day"
rule = "case.promise"
start = "2026-12-01 09:00"
due = "2026-12-02"
"""
CASE = ("case", 1)


class OnlyOne:
    """One pack in force for ever."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack

    def in_force(self, at: datetime) -> Pack:
        return self.pack

    def of(self, digest: str) -> Pack:
        return self.pack

    def all(self) -> list[Pack]:
        return [self.pack]


@pytest.fixture
def ground() -> Ground:
    return Ground(OnlyOne(build(Chain((PackFiles("dated", (("pack.toml", PACK.encode()),)),)))))


def at(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 12, tzinfo=UTC)


@pytest.mark.parametrize(("opened", "clocks"), [(at(2026, 11, 30), 0), (at(2026, 12, 1), 1), (at(2027, 4, 1), 0)])
def test_a_promise_begins_only_while_its_law_is_in_force(ground: Ground, opened: datetime, clocks: int) -> None:
    assert len(fold([Happening(1, "case.opened", CASE, opened, {})], CASE, ground)) == clocks


def test_a_rhythm_ends_with_its_law(ground: Ground) -> None:
    history = [
        Happening(1, "case.opened", CASE, at(2027, 3, 30), {}),
        Happening(2, "case.reviewed", CASE, at(2027, 3, 31), {}),
        Happening(3, "case.reviewed", CASE, at(2027, 4, 1), {}),
    ]
    assert [len(fold(history[:count], CASE, ground)) for count in (1, 2, 3)] == [1, 2, 2]


def test_a_gate_stands_only_while_its_law_is_in_force(ground: Ground) -> None:
    pack = ground.packs.all()[0]

    def closed(when: datetime) -> bool:
        return bool(unmet(pack, "case.closed", {}, at=when, before=(), after=(), ground=ground))

    assert [closed(each) for each in (at(2026, 11, 30), at(2026, 12, 1), at(2027, 4, 1))] == [False, True, False]


def test_an_example_may_say_that_a_promise_does_not_begin_yet(ground: Ground) -> None:
    assert list(wrong_dates(ground.packs.all()[0])) == []
