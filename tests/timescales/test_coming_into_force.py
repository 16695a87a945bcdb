"""A new version says for each promise whether it holds for running ones too, and the ledger tells the same."""

from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hearth.access.identity import acting_as, as_the_house
from hearth.access.operations import give, make_circle
from hearth.access.terms import CircleKind, Part, Refused
from hearth.ledger.models import Entry
from hearth.policy.durations import LOCAL
from hearth.policy.packs import Chain, Pack, PackFiles, build, read_chain
from hearth.policy.packs.diffing import differences
from hearth.timescales.clocks import Clock, Happening, Turn
from hearth.timescales.engine import came_into_force, fold, take
from hearth.timescales.grounds import Ground
from hearth.timescales.models import Clock as ClockRow
from hearth.timescales.moving import record_of
from hearth.timescales.operations import adopt_policy, extend, happened
from hearth.timescales.previewing import policy_would_move
from hearth.timescales.rebuilding import check_clocks
from hearth.timescales.simulating import simulate
from hearth.timescales.terms import EXTENDED, MARKED_WRONG, PAUSED, RESUMED
from hearth.timescales.turning import bring_into_force
from timescales.small_world import Adopted

PACKS = Path(__file__).resolve().parents[2] / "packs"
CASE = ("case", 1)
START = datetime(2026, 12, 1, 9, tzinfo=LOCAL)
NEW_YEAR = datetime(2027, 1, 1, tzinfo=LOCAL)
SHORTER = """
[pack]
title = "Ashgrove"
version = "2"
policy = "Ashgrove"
inherits = "manchester-2025"

[[override]]
rule = "case.target"
clause = "4.1.6a"
limit = "6 weeks"
applies_to = "running"

[[override]]
rule = "case.contact"
clause = "4.1.6a"
bands = []
limit = "3 working days"
applies_to = "running"

[[override]]
rule = "case.review"
clause = "4.1.6a"
bands = []
limit = "2 working days"
"""


@lru_cache(maxsize=8)
def shorter(text: str = SHORTER) -> Chain:
    return Chain((*read_chain(PACKS / "manchester-2025").packs, PackFiles("ashgrove", (("pack.toml", text.encode()),))))


@lru_cache(maxsize=1)
def both() -> tuple[Pack, Pack]:
    return build(read_chain(PACKS / "manchester-2025")), build(shorter())


def ground(since: datetime, *, turned_by: int | None = None) -> Ground:
    old, new = both()
    adopted = Adopted([(datetime(2026, 1, 1, tzinfo=LOCAL), old), (since, new)])
    return Ground(adopted, (), (Turn(turned_by, since, new.digest),) if turned_by else ())


def said(seq: int, act: str, hours: float, **facts: Any) -> Happening:
    return Happening(seq, act, CASE, START + timedelta(hours=hours), facts)


def days(clocks: tuple[Clock, ...]) -> dict[str, str]:
    return {clock.rule: str(clock.due.day) for clock in clocks if clock.is_going and clock.due}


def test_what_the_policy_says_holds_for_running_ones_moves_and_the_rest_keeps_its_limit() -> None:
    opened = [said(1, "case.opened", 0, risk_band="medium", owner=3)]
    before, after = fold(opened, CASE, ground(NEW_YEAR)), fold(opened, CASE, ground(NEW_YEAR, turned_by=2))
    assert days(before)["case.target"] == "2027-02-23"
    assert days(after)["case.target"] == "2027-01-12"
    assert days(after)["case.review"] == days(before)["case.review"]
    (target,) = [clock for clock in after if clock.rule == "case.target"]
    assert (target.digest, target.started_at, target.owner_id) == (both()[1].digest, START, 3)


def test_what_was_kept_before_that_day_is_left_alone() -> None:
    history = [said(1, "case.opened", 0, risk_band="medium", owner=3), said(2, "case.support_in_place", 48)]
    (before,), (after,) = (
        [clock for clock in fold(history, CASE, each) if clock.rule == "case.target"]
        for each in (ground(NEW_YEAR), ground(NEW_YEAR, turned_by=3))
    )
    assert before == after


def test_pauses_and_a_later_day_that_was_given_stay() -> None:
    history = [
        said(1, "case.opened", 0, risk_band="medium", owner=3),
        said(2, PAUSED, 24, rule="case.target", clock=1, ground="police_asked"),
        said(3, RESUMED, 24 * 5, rule="case.target", clock=1),
        said(4, EXTENDED, 24 * 6, rule="case.target", clock=1, to=date(2027, 5, 3)),
    ]
    assert days(fold(history[:3], CASE, ground(NEW_YEAR, turned_by=9)))["case.target"] == "2027-01-16"
    assert days(fold(history, CASE, ground(NEW_YEAR, turned_by=9)))["case.target"] == "2027-05-03"


def test_the_difference_says_for_which_promises_it_holds() -> None:
    told = [str(each) for each in differences(*both())]
    assert any("case.target" in each and "holds for promises that are: new → running" in each for each in told)


ACTS: list[tuple[str, dict[str, Any]]] = [
    ("case.opened", {"risk_band": "high", "owner": 3}),
    ("case.risk_banded", {"risk_band": "standard"}),
    ("case.contact_made", {"outcome": "seen"}),
    ("case.reviewed", {}),
    ("case.support_in_place", {}),
    (PAUSED, {"rule": "case.target", "clock": 1, "ground": "police_asked"}),
    (RESUMED, {"rule": "case.target", "clock": 1}),
    (EXTENDED, {"rule": "case.target", "clock": 1, "to": date(2027, 6, 1)}),
    (MARKED_WRONG, {"entry": 2}),
    ("case.closed", {"subject": "adult"}),
    ("case.reopened", {"risk_band": "medium"}),
]
entries = st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 400)), max_size=12)


def one_by_one(happenings: list[Happening], turn: Turn) -> tuple[Clock, ...]:
    """As the house does it: entry after entry, the coming into force when it was recorded."""
    clocks: tuple[Clock, ...] = ()
    for n, happening in enumerate(happenings):
        stands = ground(turn.at, turned_by=turn.entry if happening.seq >= turn.entry else None)
        ledger = [each for each in happenings[: n + 1] if each.seq != turn.entry]
        late = any(earlier.at > happening.at for earlier in happenings[:n] if earlier.seq != turn.entry)
        again = late or stands.turned_since(happening.at)
        clocks = take(clocks, happening, CASE, stands, is_late=again, history=lambda told=ledger: told)  # type: ignore[misc]
    return clocks


def told(drawn: list[tuple[tuple[str, dict[str, Any]], int]], hours: int, place: int) -> tuple[list[Happening], Turn]:
    turn = Turn(min(place, len(drawn)) + 1, START + timedelta(hours=hours), both()[1].digest)
    happenings = [
        said(seq if seq < turn.entry else seq + 1, act, at, **facts)
        for seq, ((act, facts), at) in enumerate(drawn, start=1)
    ]
    return sorted([*happenings, came_into_force(turn, CASE)], key=lambda each: each.seq), turn


@settings(max_examples=150, deadline=None)
@given(drawn=entries, hours=st.integers(0, 400), place=st.integers(0, 12))
def test_clocks_rebuilt_equal_those_kept_whenever_the_policy_came_in(drawn: Any, hours: int, place: int) -> None:
    happenings, turn = told(drawn, hours, place)
    ledger = [each for each in happenings if each.seq != turn.entry]
    assert one_by_one(happenings, turn) == fold(ledger, CASE, ground(turn.at, turned_by=turn.entry))


def test_the_property_can_fail() -> None:
    """What happened before that day and is told after it must have the history retold."""
    happenings, turn = told([(ACTS[0], 0)], 300, 0)
    whole = ground(turn.at, turned_by=turn.entry)
    naive = take((), happenings[1], CASE, whole, is_late=False, history=list)
    assert naive != fold(happenings[1:], CASE, whole)


@pytest.fixture
def house(cast):
    """Two open cases under the Manchester policy."""
    circles = {}
    with acting_as(cast.lead):
        adopt_policy(read_chain(PACKS / "manchester-2025"), by=cast.lead, at=datetime(2026, 1, 5, tzinfo=LOCAL))
        for number in (1, 2):
            circles[number] = make_circle(CircleKind.CASE, by=cast.lead, at=START)
            give(circles[number], to=cast.owner.id, part_in_it=Part.OWNS_IT, by=cast.lead, at=START)
    told = SimpleNamespace(lead=cast.lead, worker=cast.worker, circles=circles)
    says(told, 1, "case.opened", 0, risk_band="medium", subject="adult", concern_logged_on=date(2026, 11, 30))
    return told


def says(cast, number, act, hours, **facts):
    with acting_as(cast.lead):
        about = record_of("case", number, cast.circles[number])
        happened(act, about=about, by=cast.lead, at=START + timedelta(hours=hours), facts=facts)


def target(number=1):
    with as_the_house():
        return ClockRow.objects.get(about_kind="case", about_id=number, rule="case.target")


def in_force(cast, at, day=None):
    with acting_as(cast.lead):
        return adopt_policy(shorter(), by=cast.lead, at=at, in_force_from=day)


def test_it_moves_them_at_once_when_it_begins_at_once_and_the_check_finds_nothing(house):
    with acting_as(house.lead):
        (moved, *_) = [each for each in policy_would_move(house.lead, both()[1]) if each.clause == "4.1.6a"]
        assert sum(each.count for each in policy_would_move(house.lead, both()[1])) == 2
        assert moved.count == 1
    in_force(house, START + timedelta(days=2))
    assert (target().due_day, target().limit, target().digest) == (date(2027, 1, 12), "6 weeks", both()[1].digest)
    with acting_as(house.lead):
        assert policy_would_move(house.lead, both()[1]) == []
    assert list(check_clocks()) == []
    with as_the_house():
        assert Entry.objects.filter(act="policy.came_into_force").count() == 1


def test_one_that_begins_later_moves_nothing_until_its_day_and_then_once(house):
    in_force(house, START, NEW_YEAR)
    assert target().due_day == date(2027, 2, 23)
    assert bring_into_force(at=NEW_YEAR - timedelta(minutes=1)) == 0
    assert list(check_clocks()) == []
    while bring_into_force(at=NEW_YEAR + timedelta(minutes=3)):
        pass
    assert target().due_day == date(2027, 1, 12)
    assert bring_into_force(at=NEW_YEAR + timedelta(minutes=4)) == 0
    assert list(check_clocks()) == []


def test_what_happened_between_the_day_and_the_round_and_what_is_told_late_come_out_the_same(house):
    in_force(house, START, START + timedelta(hours=48))
    says(house, 1, "case.risk_banded", 50, risk_band="high")
    says(house, 1, "case.contact_made", 51, outcome="seen")
    while bring_into_force(at=START + timedelta(hours=60)):
        pass
    says(house, 2, "case.opened", 10, risk_band="high", subject="adult", concern_logged_on=date(2026, 11, 30))
    with acting_as(house.lead):
        extend(target(2), to=date(2027, 6, 1), why="Agreed", by=house.lead, at=START + timedelta(hours=70))
    assert (target(2).limit, target(2).due_day) == ("6 weeks", date(2027, 6, 1))
    assert list(check_clocks()) == []


def test_trying_the_policy_in_force_on_the_past_gives_what_is_kept(house):
    in_force(house, START + timedelta(days=2))
    since = START + timedelta(days=3)
    says(house, 1, "case.contact_made", 24 * 4, outcome="seen")
    found = simulate(both()[1], since=since, until=START + timedelta(days=200))
    assert (found.records, found.differing) == (1, 0)


def test_only_who_may_approve_a_policy_is_told_what_it_would_move(house):
    with acting_as(house.worker), pytest.raises(Refused):
        policy_would_move(house.worker, both()[1])
