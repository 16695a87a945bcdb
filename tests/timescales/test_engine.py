"""The engine: what starts, stops, pauses and renews a clock, and that the same history always gives the same clocks."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hearth.policy.calendars import Correction, Nation, WorkingCalendar
from hearth.policy.durations import LOCAL
from hearth.policy.packs import Chain, Pack, PackFiles, build, load
from hearth.timescales.clocks import OVER, Clock, Happening, rungs
from hearth.timescales.engine import changes, fold, refuse_extension, refuse_pause, take
from hearth.timescales.grounds import Ground
from hearth.timescales.terms import (
    EXTENDED,
    MARKED_WRONG,
    MAY_MOVE_TO,
    OWNER_CHANGED,
    PAUSED,
    RESUMED,
    NotThisClock,
    State,
)

CASE, CONCERN = ("case", 1), ("concern", 1)
PACKS = Path(__file__).resolve().parents[2] / "packs"


@pytest.fixture
def case(world: Any) -> Any:
    world.happens("case.opened", CASE, "2026-12-04 09:30", risk_band="medium", owner=5)
    return world


def test_contact_is_a_cadence_that_starts_again_when_it_stops(case: Any) -> None:
    """feature 25"""
    assert case.due(CASE, "case.contact") == "2026-12-18"
    case.happens("case.contact_made", CASE, "2026-12-10 11:00", outcome="seen")
    assert case.due(CASE, "case.contact") == "2026-12-24"
    case.happens("case.closed", CASE, "2026-12-11 11:00")
    turns = [clock.state for clock in case.clocks(CASE) if clock.rule == "case.contact"]
    assert turns == [State.MET, State.ENDED]


@pytest.mark.parametrize("outcome", ["no_access", "refused", "no_answer"])
def test_trying_is_not_contact_and_stops_nothing(case: Any, outcome: str) -> None:
    before = case.clock(CASE, "case.contact")
    case.happens("case.contact_made", CASE, "2026-12-10 11:00", outcome=outcome)
    assert case.clock(CASE, "case.contact") == before


def test_a_new_risk_band_changes_the_limit_from_the_same_start(case: Any) -> None:
    case.happens("case.risk_banded", CASE, "2026-12-07 11:00", risk_band="high")
    assert case.due(CASE, "case.contact") == "2026-12-11"
    assert case.due(CASE, "case.review") == "2026-12-18"
    case.happens("case.contact_made", CASE, "2026-12-10 11:00", outcome="spoken_to")
    assert case.due(CASE, "case.contact") == "2026-12-17", "the next turn keeps the band"


def test_a_promise_that_already_runs_is_not_begun_again(world: Any) -> None:
    """The first worry's answer is not put off by a second worry."""
    world.happens("concern.still_worried", CONCERN, "2026-12-03 10:00")
    world.happens("concern.still_worried", CONCERN, "2026-12-08 10:00")
    assert len(world.clocks(CONCERN)) == 1
    assert world.due(CONCERN, "concern.worry") == "2026-12-04"


def test_a_day_of_its_own_comes_from_the_happening_and_moves_with_it(world: Any) -> None:
    action = ("action", 4)
    world.happens("action.planned", action, "2026-12-04 10:00", due_on=date(2026, 12, 11), owner=5)
    assert world.due(action, "action.due") == "2026-12-11"
    world.happens("action.moved", action, "2026-12-09 10:00", due_on=date(2026, 12, 18))
    assert world.due(action, "action.due") == "2026-12-18"
    assert [clock.state for clock in world.clocks(action)] == [State.ENDED, State.RUNNING]
    assert world.clock(action, "action.due").owner_id == 5


def test_the_owner_follows_the_case_and_only_his_own_promises(case: Any) -> None:
    case.happens(OWNER_CHANGED, CASE, "2026-12-07 10:00", owner=9)
    assert case.clock(CASE, "case.target").owner_id == 9
    assert case.clock(CASE, "case.review").owner_id is None, "the manager's, not the owner's"
    case.happens("case.contact_made", CASE, "2026-12-10 11:00", outcome="seen")
    case.happens("case.high_risk_recognised", CASE, "2026-12-10 12:00")
    assert {case.clock(CASE, rule).owner_id for rule in ("case.contact", "marac.referral")} == {9}


def test_an_action_given_to_somebody_else_keeps_its_day_and_leaves_the_case_where_it_is(case: Any) -> None:
    """What is told of an action touches its case, whose own promises stay with its holder."""
    action, case_number = ("action", 4), CASE[1]
    case.happens("action.planned", action, "2026-12-04 10:00", due_on=date(2026, 12, 11), owner=5, case=case_number)
    before = case.clock(CASE, "case.target").owner_id
    case.happens("action.given", action, "2026-12-07 10:00", owner=6, case=case_number)
    assert (case.clock(action, "action.due").owner_id, case.due(action, "action.due")) == (6, "2026-12-11")
    assert case.clock(CASE, "case.target").owner_id == before
    case.happens("action.moved", action, "2026-12-09 10:00", due_on=date(2026, 12, 18), case=case_number)
    assert case.clock(action, "action.due").owner_id == 6
    case.happens("action.dropped", action, "2026-12-19 10:00", case=case_number)
    assert [clock.state for clock in case.clocks(action)] == [State.ENDED, State.ENDED]


def pause(case: Any, when: str, ground: str = "police_asked") -> None:
    target = case.clock(CASE, "case.target")
    case.happens(PAUSED, CASE, when, rule=target.rule, clock=target.started_by, ground=ground)


def resume(case: Any, when: str) -> None:
    target = case.clock(CASE, "case.target")
    case.happens(RESUMED, CASE, when, rule=target.rule, clock=target.started_by)


def test_a_pause_gives_back_its_days_when_it_ends(case: Any, moment: Callable[[str], datetime]) -> None:
    pause(case, "2026-12-10 09:00")
    paused = case.clock(CASE, "case.target")
    assert paused.state == State.PAUSED
    assert not paused.is_over(moment("2027-12-31 09:00"))
    resume(case, "2026-12-20 09:00")
    assert case.due(CASE, "case.target") == "2027-03-08"


@pytest.mark.parametrize("ground", ["refused_contact", "not_engaging", "no_access", "on_holiday"])
def test_an_entry_that_claims_a_pause_that_may_not_be_changes_nothing(
    case: Any, manchester: Pack, moment: Callable[[str], datetime], ground: str
) -> None:
    before = case.clocks(CASE)
    pause(case, "2026-12-10 09:00", ground)
    assert case.clocks(CASE) == before
    with pytest.raises(NotThisClock):
        refuse_pause(case.clock(CASE, "case.target"), ground, manchester, moment("2026-12-10 09:00"))


def test_refused_contact_pauses_nothing_even_if_a_pack_were_to_allow_it(
    case: Any, manchester: Pack, moment: Callable[[str], datetime]
) -> None:
    """The checker refuses such a pack; the engine refuses it again."""
    rule = replace(manchester.rules["case.target"], pauses=("refused_contact", "police_asked"))
    case.ground.packs.packs = [
        (since, replace(pack, rules={**pack.rules, "case.target": rule})) for since, pack in case.ground.packs.packs
    ]
    before = case.clocks(CASE)
    pause(case, "2026-12-10 09:00", "refused_contact")
    assert case.clocks(CASE) == before
    pack, target = case.ground.packs.of(manchester.digest), case.clock(CASE, "case.target")
    with pytest.raises(NotThisClock, match="never pause"):
        refuse_pause(target, "refused_contact", pack, moment("2026-12-10 09:00"))
    pause(case, "2026-12-10 09:00", "police_asked")
    assert case.clock(CASE, "case.target").state == State.PAUSED


def test_a_promise_that_is_over_cannot_be_paused(
    case: Any, manchester: Pack, moment: Callable[[str], datetime]
) -> None:
    target = case.clock(CASE, "case.target")
    refuse_pause(target, "police_asked", manchester, moment("2027-02-26 23:00"))
    with pytest.raises(NotThisClock, match="already over"):
        refuse_pause(target, "police_asked", manchester, moment("2027-02-27 00:00"))


def test_a_later_day_needs_the_part_the_policy_names(case: Any, manchester: Pack) -> None:
    target, review = case.clock(CASE, "case.target"), case.clock(CASE, "case.review")
    refuse_extension(target, date(2027, 3, 26), manchester, {"lead"})
    with pytest.raises(NotThisClock, match="Somebody else"):
        refuse_extension(target, date(2027, 3, 26), manchester, {"owns_it"})
    with pytest.raises(NotThisClock, match="Nobody"):
        refuse_extension(review, date(2027, 3, 26), manchester, {"lead"})
    with pytest.raises(NotThisClock, match="a day after"):
        refuse_extension(target, date(2027, 2, 26), manchester, {"lead"})

    case.happens(EXTENDED, CASE, "2027-02-20 10:00", rule=target.rule, clock=target.started_by, to=date(2027, 3, 26))
    assert case.due(CASE, "case.target") == "2027-03-26"
    case.happens(EXTENDED, CASE, "2027-02-20 11:00", rule=review.rule, clock=review.started_by, to=date(2027, 3, 26))
    assert case.clock(CASE, "case.review").due == review.due


def test_a_late_entry_retells_the_record_and_touches_only_what_it_changes(case: Any) -> None:
    case.happens("case.contact_made", CASE, "2026-12-14 11:00", outcome="seen")
    before = case.clocks(CASE)
    late = case.happens("case.contact_made", CASE, "2026-12-09 11:00", outcome="seen")
    after = case.clocks(CASE)
    changed = {(clock.rule, clock.started_by, clock.state) for clock in changes(before, after)}
    assert changed == {("case.contact", 1, State.MET), ("case.contact", late, State.MET)}
    assert [clock.started_by for clock in after if clock.rule == "case.contact"] == [1, late, 2]


def test_an_entry_marked_wrong_takes_its_clocks_with_it(case: Any) -> None:
    wrong = case.happens("case.high_risk_recognised", CASE, "2026-12-10 12:00")
    before = case.clocks(CASE)
    case.happens(MARKED_WRONG, CASE, "2026-12-11 12:00", entry=wrong)
    (void,) = changes(before, case.clocks(CASE))
    assert (void.rule, void.state) == ("marac.referral", State.VOID)
    assert changes([*case.clocks(CASE), void], case.clocks(CASE)) == []


def test_a_one_off_bank_holiday_moves_what_still_runs_and_leaves_what_has_stopped(world: Any) -> None:
    other = ("concern", 2)
    for about in (CONCERN, other):
        world.happens("concern.logged", about, "2026-12-03 10:00", danger_now="no", about_our_people="no")
    world.happens("concern.triaged", other, "2026-12-03 12:00")
    holiday = (
        world.happens("calendar.corrected", ("calendar", 0), "2026-12-03 13:00"),
        Correction(Nation.ENGLAND, date(2026, 12, 4), working=False),
    )
    world.ground = Ground(world.ground.packs, (holiday,))
    assert world.due(CONCERN, "concern.triage") == "2026-12-07"
    assert world.due(other, "concern.triage") == "2026-12-04"


PACK = """
[pack]
title = "{title}"
version = "1"
policy = "p"
[[clause]]
id = "1"
text = "t"
source = "s"
[[rule]]
id = "case.target"
promise = "p"
about = "case"
clause = "1"
owner = "lead"
starts = "case.opened"
stops = "case.closed"
limit = "{limit}"
{more}
"""


def small(title: str, limit: str, more: str = "") -> Pack:
    body = PACK.format(title=title, limit=limit, more=more).encode()
    return build(Chain((PackFiles("small", (("pack.toml", body),)),)))


def test_a_clock_keeps_the_pack_it_was_started_under(world_of: Callable[[Pack], Any]) -> None:
    old, new = small("old", "12 weeks"), small("new", "8 weeks")
    world = world_of(old)
    world.ground.packs.packs.append((datetime(2026, 12, 10, tzinfo=LOCAL), new))
    world.happens("case.opened", CASE, "2026-12-04 09:30")
    world.happens("case.opened", ("case", 2), "2026-12-10 09:30")
    assert (world.due(CASE, "case.target"), world.clock(CASE, "case.target").digest) == ("2027-02-26", old.digest)
    assert (world.due(("case", 2), "case.target")) == "2027-02-04"
    world.happens("case.opened", ("case", 3), "2025-12-10 09:30")
    assert world.clocks(("case", 3)) == (), "nothing was promised before a policy was adopted"


def test_a_pack_may_count_from_the_concern(world_of: Callable[[Pack], Any]) -> None:
    world = world_of(small("from the concern", "12 weeks", 'counts_from = "concern_logged_on"'))
    world.happens("case.opened", CASE, "2026-12-04 09:30", concern_logged_on=date(2026, 12, 3))
    assert world.due(CASE, "case.target") == "2027-02-25"


def test_notices_come_in_order_and_none_before_the_promise_was_made(case: Any, manchester: Pack) -> None:
    """feature 27"""
    target, rule = case.clock(CASE, "case.target"), manchester.rules["case.target"]
    told = [(name, str(when.astimezone(LOCAL).date())) for name, when in rungs(target, rule, WorkingCalendar())]
    assert told == [
        ("4 weeks before", "2027-01-29"),
        ("2 weeks before", "2027-02-12"),
        (OVER, "2027-02-27"),
        ("1 calendar day over", "2027-02-27"),
    ]
    short = replace(target, started_at=datetime(2027, 2, 1, tzinfo=LOCAL))
    assert "4 weeks before" not in [name for name, _ in rungs(short, rule, WorkingCalendar())]


def test_every_state_says_where_it_may_go() -> None:
    assert set(MAY_MOVE_TO) == set(State)


# The property: whatever is recorded in whatever order, taking it entry by entry equals telling it from the beginning.

ACTS: list[tuple[str, dict[str, Any]]] = [
    ("case.opened", {"risk_band": "high", "owner": 3}),
    ("case.risk_banded", {"risk_band": "standard"}),
    ("case.contact_made", {"outcome": "seen"}),
    ("case.contact_made", {"outcome": "refused"}),
    ("case.reviewed", {}),
    (OWNER_CHANGED, {"owner": 8}),
    ("case.support_in_place", {}),
    ("case.section_47_started", {"strategy_discussion_on": date(2026, 12, 8)}),
    ("case.conference_held", {"outcome": "protection_plan"}),
    (PAUSED, {"rule": "case.target", "clock": 1, "ground": "police_asked"}),
    (PAUSED, {"rule": "case.contact", "clock": 1, "ground": "no_access"}),
    (RESUMED, {"rule": "case.target", "clock": 1}),
    (EXTENDED, {"rule": "case.target", "clock": 1, "to": date(2027, 6, 1)}),
    (MARKED_WRONG, {"entry": 2}),
    ("case.closed", {"subject": "adult"}),
    ("case.reopened", {"risk_band": "medium"}),
]
START = datetime(2026, 12, 1, 9, tzinfo=LOCAL)
entries = st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 2000)), max_size=14)


@lru_cache(maxsize=1)
def steady() -> Ground:
    """One pack in force all the time."""
    pack = load(PACKS / "manchester-2025")
    return Ground(type("One", (), {"in_force": lambda _, at: pack, "of": lambda _, digest: pack})())


def one_by_one(happenings: list[Happening], ground: Ground) -> tuple[Clock, ...]:
    """As the operation does it: each entry on its arrival, the history retold where it is late."""
    clocks: tuple[Clock, ...] = ()
    for n, happening in enumerate(happenings):
        late = any(earlier.at > happening.at for earlier in happenings[:n])
        history = happenings[: n + 1]
        clocks = take(clocks, happening, CASE, ground, is_late=late, history=lambda told=history: told)  # type: ignore[misc]
    return clocks


def told(drawn: list[tuple[tuple[str, dict[str, Any]], int]]) -> list[Happening]:
    return [
        Happening(seq, act, CASE, START + timedelta(hours=hours), facts)
        for seq, ((act, facts), hours) in enumerate(drawn, start=1)
    ]


@settings(max_examples=300, deadline=None)
@given(drawn=entries)
def test_clocks_rebuilt_from_the_ledger_equal_those_kept_along_the_way(drawn: Any) -> None:
    ground = steady()
    happenings = told(drawn)
    assert one_by_one(happenings, ground) == fold(happenings, CASE, ground)


@settings(max_examples=200, deadline=None)
@given(drawn=entries)
def test_at_most_one_clock_of_a_rule_runs_and_none_is_started_twice(drawn: Any) -> None:
    ground = steady()
    clocks = fold(told(drawn), CASE, ground)
    going = [clock.rule for clock in clocks if clock.is_going]
    assert len(going) == len(set(going))
    assert len({clock.key for clock in clocks}) == len(clocks)
    assert all((clock.stopped_at is None) == clock.is_going for clock in clocks)
    assert all(not pause.ground.startswith("no_") for clock in clocks for pause in clock.pauses)


def test_the_property_can_fail() -> None:
    """Taken in recorded order without retelling, a late entry gives other clocks."""
    ground = steady()
    happenings = told([(ACTS[0], 0), (ACTS[2], 100), (ACTS[2], 50)])
    clocks: tuple[Clock, ...] = ()
    for happening in happenings:
        clocks = take(clocks, happening, CASE, ground, is_late=False, history=list)
    assert clocks != fold(happenings, CASE, ground)
