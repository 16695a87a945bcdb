"""A policy is tried on what has happened before anybody adopts it, and nothing changes by trying."""

from datetime import timedelta

import pytest

from hearth.access.identity import acting_as, as_the_house
from hearth.access.operations import make_circle
from hearth.access.terms import CircleKind
from hearth.ledger.models import Entry
from hearth.policy.packs import Pack, build, read_chain
from hearth.timescales.models import Clock, Trial
from hearth.timescales.moving import record_of
from hearth.timescales.operations import happened
from hearth.timescales.pace import in_minutes, time_left
from hearth.timescales.rows import as_clock
from hearth.timescales.simulating import BLOCKED, COUNTED, LATE, PROMISED, simulate
from hearth.timescales.trying import minutes_left
from timescales.three_cases import FRIDAY, PACKS, SPRING, STRICTER, three_cases, with_more

NOTHING_RUNS = """
[[gate]]
id = "close.nothing"
act = "case.closed"
clause = "3.3b"
sentence = "End what runs first"
no_clock_of = "watched"
"""


@pytest.fixture
def worked(cast):
    three_cases(cast.lead, cast.owner)
    return cast


def figures(pack: Pack, what: str, name: str) -> tuple[int, int]:
    """How many as recorded and as tried, all months and teams together."""
    found = simulate(pack, since=FRIDAY - timedelta(days=1), until=SPRING)
    rows = [each for each in found.figures() if (each.what, each.name) == (what, name)]
    return sum(each.recorded for each in rows), sum(each.tried for each in rows)


def test_the_policy_in_force_tried_on_its_own_history_gives_exactly_what_was_recorded(worked):
    found = simulate(build(read_chain(PACKS / "manchester-2025")), since=FRIDAY - timedelta(days=1), until=SPRING)
    assert found.records == 2
    assert found.differing == 0
    assert found.recorded == found.tried
    assert found.recorded


def test_a_shorter_target_shows_which_cases_would_have_been_late(worked):
    pack = build(with_more(STRICTER))
    assert figures(pack, PROMISED, "case.target") == (2, 2)
    assert figures(pack, LATE, "case.target") == (0, 1)
    assert simulate(pack, since=FRIDAY - timedelta(days=1), until=SPRING).differing == 2


def test_it_is_told_by_team_who_would_have_been_late(worked):
    """The house itself has no right to read teams: the trial asks for them before it reads as the house."""
    with acting_as(worked.lead):
        case = record_of("case", 2, Entry.objects.get(about_kind="case", about_id=2, act="case.opened").circle_id)
        happened("case.owner_changed", about=case, by=worked.lead, at=FRIDAY, facts={"owner": worked.owner.id})
    found = simulate(build(with_more(STRICTER)), since=FRIDAY - timedelta(days=1), until=SPRING)
    late = [each for each in found.figures() if (each.what, each.name) == (LATE, "case.target")]
    assert [(each.team, each.recorded, each.tried) for each in late] == [("Support officer", 0, 1)]


def test_what_another_record_tells_lately_is_told_again_though_its_own_story_is_older(worked):
    """A referral to the conference stops the case's own limit: the case is told again though nothing else happened."""
    with acting_as(worked.lead):
        circle = make_circle(CircleKind.CASE, by=worked.lead, at=FRIDAY)
        case, asked = record_of("case", 4, circle), record_of("referral", 9, circle)
        happened("case.high_risk_recognised", about=case, by=worked.lead, at=FRIDAY, facts={})
        told = {"to": "marac", "subject": "adult", "case": 4}
        happened("referral.made", about=asked, by=worked.lead, at=FRIDAY + timedelta(days=40), facts=told)
    found = simulate(build(with_more(STRICTER)), since=FRIDAY + timedelta(days=35), until=SPRING)
    assert found.differing == 0
    assert found.records == 3, "the case and the referral, and the second case, which was closed after"


def test_a_new_gate_shows_what_it_would_have_stopped(worked):
    assert figures(build(with_more(STRICTER)), BLOCKED, "review.band") == (0, 2)


def test_what_began_before_keeps_the_policy_it_began_under(worked):
    found = simulate(build(with_more(STRICTER)), since=FRIDAY + timedelta(days=1), until=SPRING)
    late = [each for each in found.figures() if (each.what, each.name) == (LATE, "case.target")]
    assert sum(each.tried for each in late) == 0


def test_restricted_records_are_left_out_and_counted_as_left_out(worked):
    assert simulate(build(with_more(STRICTER)), since=FRIDAY - timedelta(days=1), until=SPRING).left_out == 1


def test_trying_changes_nothing(worked):
    def everything():
        with as_the_house():
            return {as_clock(row) for row in Clock.objects.all()}, Entry.objects.count()

    before = everything()
    seen = []
    simulate(
        build(with_more(STRICTER)),
        since=FRIDAY,
        until=SPRING,
        progress=lambda kind, done, of: seen.append((kind, done, of)),
    )
    assert everything() == before
    assert seen[-1][1] == seen[-1][2] >= 3, "it is told how many records there are to tell, and ends with all of them"
    assert "case" in {kind for kind, _, _ in seen}


def test_how_long_it_still_takes_is_worked_out_from_its_pace():
    assert time_left(timedelta(seconds=30), 100, 400) == timedelta(seconds=90)
    assert time_left(timedelta(seconds=30), 0, 400) is None
    assert time_left(timedelta(seconds=30), 400, 400) is None
    assert [in_minutes(timedelta(seconds=each)) for each in (1, 60, 61)] == [1, 1, 2]
    trial = Trial(state="working", began_at=FRIDAY, done=100, steps=400)
    assert minutes_left(trial, at=FRIDAY + timedelta(minutes=2)) == 6
    assert minutes_left(Trial(state="done", began_at=FRIDAY, done=4, steps=4), at=SPRING) is None
    assert minutes_left(Trial(state="asked"), at=SPRING) is None


def test_a_gate_that_asks_what_still_runs_is_asked_of_the_other_records_of_the_case_too(worked, cast):
    """Closing waits for what still runs. A referral of the case runs on: its clock is no clock of the case itself."""
    pack = build(with_more(STRICTER + NOTHING_RUNS))
    assert figures(pack, BLOCKED, "close.nothing") == (0, 0), "the control: nothing runs beside the cases"
    with acting_as(worked.lead):
        circle = Entry.objects.get(about_kind="case", about_id=1, act="case.opened").circle_id
        told = {"to": "council_children", "subject": "child"}
        happened("referral.made", about=record_of("referral", 9, circle), by=worked.lead, at=FRIDAY, facts=told)
    assert figures(pack, BLOCKED, "close.nothing") == (0, 1)


MORE_COUNTED = """
[[metric]]
id = "cases_banded"
label = "Judgements of the risk"
definition = "Each time somebody judged the risk anew."
counts = "case.opened"
clause = "3.3b"
"""


def test_an_act_that_would_have_been_stopped_is_told_under_the_team_of_whoever_did_it(worked):
    found = simulate(build(with_more(STRICTER)), since=FRIDAY - timedelta(days=1), until=SPRING)
    stopped = [each for each in found.figures() if (each.what, each.name) == (BLOCKED, "review.band")]
    assert {each.team for each in stopped} == {found.teams[worked.lead.id]}
    assert sum(each.tried for each in stopped) == 2


def test_what_a_policy_would_newly_count_is_told_by_month_and_team_and_restricted_records_are_not(worked):
    """feature 87: a figure is new where the policy in force does not name it, whatever was counted unseen."""
    assert figures(build(with_more(STRICTER)), COUNTED, "cases_banded") == (0, 0), "the control"
    found = simulate(build(with_more(STRICTER + MORE_COUNTED)), since=FRIDAY - timedelta(days=1), until=SPRING)
    new = [each for each in found.figures() if each.what == COUNTED]
    assert {each.name for each in new} == {"cases_banded"}
    assert sum(each.tried for each in new) == 2, "the third case is restricted"
    assert {each.recorded for each in new} == {0}
    assert {each.team for each in new} == {found.teams[worked.lead.id]}
    with acting_as(worked.lead):
        entry = Entry.objects.get(about_kind="case", about_id=1, act="case.opened")
        case = record_of("case", 1, entry.circle_id)
        happened("entry.marked_wrong", about=case, by=worked.lead, at=SPRING, facts={"entry": entry.id})
    found = simulate(build(with_more(STRICTER + MORE_COUNTED)), since=FRIDAY - timedelta(days=1), until=SPRING)
    assert sum(each.tried for each in found.figures() if each.what == COUNTED) == 1, "what was wrong counts nowhere"
