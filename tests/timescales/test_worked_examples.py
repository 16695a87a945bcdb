"""Worked examples A, D and G: every date the packs must give, from happenings alone."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from hearth.policy.packs import Pack
from hearth.policy.terms import Whose
from hearth.timescales.gates import unmet
from hearth.timescales.terms import State

A, A2, CASE, REFERRAL, HAZARD = ("concern", 1), ("concern", 2), ("case", 1), ("referral", 1), ("hazard", 1)
LOGGED = {"danger_now": "no", "about_our_people": "no"}
CLOSING = {
    "outcome": "risk_reduced",
    "wishes_answered": True,
    "child_decision": "supported_elsewhere",
    "change_seen": True,
    "subject": "child",
}


def left_open(world: Any, act: str, about: tuple[str, int], when: datetime, facts: dict[str, Any]) -> set[str]:
    """The gates that are not open for an act, asked as `require_gates` asks."""
    pack = world.ground.packs.in_force(when)
    before = [clock for kind in (about, REFERRAL) for clock in world.clocks(kind)]
    seq = len(world.happenings) + 1
    after_world = type(world)(world.ground, list(world.happenings))
    after_world.happens(act, about, when.strftime("%Y-%m-%d %H:%M"), **facts)
    after = [clock for kind in (about, REFERRAL) for clock in after_world.clocks(kind) if clock.started_by != seq]
    found = unmet(pack, act, facts, at=when, before=before, after=after, ground=world.ground)
    return {each.gate for each in found}


@pytest.fixture
def example_a(world: Any) -> Any:
    world.happens("concern.logged", A, "2026-12-03 14:10", **LOGGED)
    world.happens("hazard.recorded", HAZARD, "2026-12-03 14:10", kind="damp_mould")
    world.happens("concern.triaged", A, "2026-12-04 09:30", outcome="open_case")
    world.happens("case.opened", CASE, "2026-12-04 09:30", risk_band="high", concern_logged_on=date(2026, 12, 3))
    world.happens(
        "referral.made", REFERRAL, "2026-12-04 11:00", also=(CASE,),
        to="council_children", subject="child", by_phone=True, immediate=False,
    )  # fmt: skip
    world.happens(
        "case.section_47_started", CASE, "2026-12-08 16:00",
        strategy_discussion_on=date(2026, 12, 8), referred_on=date(2026, 12, 4),
    )  # fmt: skip
    return world


def test_example_a_gives_every_date(example_a: Any) -> None:
    """feature 11, feature 27, feature 36, feature 47"""
    world = example_a
    assert world.due(A, "concern.triage") == "2026-12-04"
    assert world.clock(A, "concern.triage").state == State.MET
    assert world.due(REFERRAL, "referral.written") == "2026-12-08"
    assert world.due(REFERRAL, "council.decision") == "2026-12-07"
    assert world.due(REFERRAL, "referral.chase") == "2026-12-09"
    assert world.due(CASE, "council.conference") == "2026-12-31"
    assert world.due(CASE, "council.assessment") == "2027-02-10"
    assert world.due(CASE, "case.target") == "2027-02-26"
    watched = {clock.rule for clock in world.clocks(CASE) if world.ground.rule_of(clock).whose == Whose.WATCHED}
    assert watched == {"council.conference", "council.assessment"}

    world.happens("concern.logged", A2, "2026-12-11 17:25", **LOGGED)
    assert world.due(A2, "concern.triage") == "2026-12-14"


def test_example_a_an_unsafe_home_runs_both_clocks_until_somebody_competent_decides(example_a: Any) -> None:
    """feature 47"""
    world = example_a
    assert world.due(HAZARD, "hazard.emergency") == "2026-12-04 14:10"
    assert world.due(HAZARD, "hazard.investigation") == "2026-12-17"

    world.happens("hazard.classified", HAZARD, "2026-12-04 10:00", kind="damp_mould", **{"class": "significant"})
    assert world.clock(HAZARD, "hazard.emergency").state == State.ENDED
    assert world.clock(HAZARD, "hazard.investigation").state == State.RUNNING
    world.happens("hazard.investigated", HAZARD, "2026-12-10 15:00", kind="damp_mould", work_needed=True)
    assert {
        rule: world.due(HAZARD, rule) for rule in ("hazard.summary", "hazard.safety_work", "hazard.prevention")
    } == {
        "hazard.summary": "2026-12-15",
        "hazard.safety_work": "2026-12-17",
        "hazard.prevention": "2026-12-17",
    }
    assert world.due(HAZARD, "hazard.prevention_latest") == "2027-03-04"


def test_example_a_closes_in_time_but_the_councils_plan_asks_for_a_second_approver(
    example_a: Any, moment: Callable[[str], datetime]
) -> None:
    """feature 28"""
    world, closing = example_a, moment("2027-02-19 15:00")
    world.happens("referral.acknowledged", REFERRAL, "2026-12-04 12:00")
    world.happens("referral.confirmed_in_writing", REFERRAL, "2026-12-07 12:00")
    world.happens("referral.decided", REFERRAL, "2026-12-07 12:00", outcome="accepted")
    world.happens("case.conference_held", CASE, "2026-12-30 11:00", outcome="child_in_need_plan")
    world.happens("case.assessment_completed", CASE, "2027-02-08 11:00")
    assert left_open(world, "case.closed", CASE, closing, CLOSING) == {"close.statutory"}
    approved = {**CLOSING, "second_approver": 7, "watched_reason_given": True}
    assert left_open(world, "case.closed", CASE, closing, approved) == set()

    world.happens("case.closed", CASE, "2027-02-19 15:00", **approved)
    assert world.clock(CASE, "case.target").state == State.MET
    assert not world.clock(CASE, "case.target").is_over(closing)
    assert {clock.state for clock in world.clocks(CASE)} == {State.MET, State.ENDED}


def test_example_d_gives_every_date_and_does_not_close_without_the_reason_for_the_breach(
    world: Any, moment: Callable[[str], datetime]
) -> None:
    """feature 6, feature 15, feature 28"""
    world.happens("concern.logged", A, "2026-12-23 19:40", danger_now="yes", about_our_people="no")
    alert = A
    world.happens("oncall.alerted", alert, "2026-12-23 19:40", kind="danger", rung=1)
    assert world.due(alert, "oncall.acknowledge") == "2026-12-23 20:10"
    assert world.due(A, "concern.triage") == "2026-12-23 20:40"
    world.happens("oncall.acknowledged", alert, "2026-12-23 19:55", rung=1)
    world.happens(
        "referral.made", REFERRAL, "2026-12-23 21:10", to="emergency_duty_team", subject="both", by_phone=True,
        immediate=True,
    )  # fmt: skip
    assert world.due(REFERRAL, "council.decision") == "2026-12-24"
    assert world.due(REFERRAL, "referral.written") == "2026-12-29"
    assert world.due(REFERRAL, "referral.chase") == "2026-12-29"

    world.happens("case.opened", CASE, "2026-12-24 09:00", risk_band="high")
    world.happens("case.high_risk_recognised", CASE, "2026-12-24 10:00", score=15)
    assert world.due(CASE, "marac.referral") == "2026-12-29"
    world.happens("referral.made", ("referral", 2), "2026-12-24 12:00", also=(CASE,), to="marac")
    assert world.clock(CASE, "marac.referral").state == State.MET
    assert world.due(CASE, "case.target") == "2027-03-18"

    world.happens("referral.confirmed_in_writing", REFERRAL, "2026-12-24 12:00")
    world.happens("referral.decided", REFERRAL, "2026-12-24 12:00", outcome="accepted")
    closing = {**CLOSING, "second_approver": 7, "risk_band": "high"}
    day_before = moment("2027-03-18 23:59")
    assert left_open(world, "case.closed", CASE, day_before, closing) == set()
    late = moment("2027-03-25 12:00")
    assert left_open(world, "case.closed", CASE, late, closing) == {"close.late"}
    assert left_open(world, "case.closed", CASE, late, {**closing, "breach_reason": "agency_late"}) == set()


def test_example_d_repeats_within_twelve_months_go_to_the_conference_again(manchester: Pack) -> None:
    threshold = manchester.thresholds["repeat.marac"]
    assert (str(threshold.window), threshold.inclusive, threshold.number) == ("12 months", True, 1)


def test_example_g_gives_every_date(world_of: Callable[[Pack], Any], london: Pack) -> None:
    """feature 36"""
    world = world_of(london)
    world.happens("concern.logged", A, "2027-01-11 09:20", **LOGGED)
    assert world.due(A, "concern.triage") == "2027-01-12"
    world.happens("case.opened", CASE, "2027-01-12 10:00", risk_band="medium")
    world.happens(
        "referral.made", REFERRAL, "2027-01-12 15:00", also=(CASE,), to="council_adults", subject="adult",
        immediate=False, consent="refused", override_ground="danger_to_others",
    )  # fmt: skip
    fire = ("referral", 2)
    world.happens("referral.made", fire, "2027-01-12 15:30", also=(CASE,), to="fire_service", immediate=False)
    assert (world.due(REFERRAL, "referral.chase"), world.due(fire, "referral.chase")) == ("2027-01-15", "2027-01-15")
    assert world.due(REFERRAL, "council.section_42") == "as required"
    assert world.due(CASE, "case.target") == "2027-04-06"

    world.happens("referral.decided", REFERRAL, "2027-01-20 12:00", outcome="no_section_42")
    assert world.due(REFERRAL, "challenge.first") == "2027-01-21"
    world.happens("case.closed", CASE, "2027-03-23 15:00", subject="adult")
    assert world.clock(CASE, "case.target").state == State.MET
    assert world.due(CASE, "adult.experience") == "2027-05-18"


def test_a_referral_against_somebodys_will_needs_its_reason(world: Any, moment: Callable[[str], datetime]) -> None:
    facts = {"to": "council_adults", "consent": "refused"}
    now = moment("2027-01-12 15:00")
    assert left_open(world, "referral.made", REFERRAL, now, facts) == {"referral.override", "referral.basis"}
    grounded = {**facts, "override_ground": "danger_to_others"}
    assert left_open(world, "referral.made", REFERRAL, now, grounded) == {"referral.basis"}
    assert left_open(world, "referral.made", REFERRAL, now, {**grounded, "basis": "public_task"}) == set()


def test_an_alert_that_is_passed_on_is_a_promise_not_kept_and_a_new_one(
    world: Any, moment: Callable[[str], datetime]
) -> None:
    """feature 6"""
    alert = A
    world.happens("oncall.alerted", alert, "2026-12-23 19:40", kind="danger", rung=1)
    assert world.clock(alert, "oncall.acknowledge").is_over(moment("2026-12-23 20:11"))
    world.happens("oncall.passed_on", alert, "2026-12-23 20:10", kind="danger", rung=2)
    assert world.due(alert, "oncall.acknowledge") == "2026-12-23 20:40"
    world.happens("oncall.acknowledged", alert, "2026-12-23 20:15", rung=2)
    assert [clock.state for clock in world.clocks(alert)] == [State.ENDED, State.MET]


def test_a_hazard_judged_again_has_its_clock_again(world: Any) -> None:
    world.happens("hazard.recorded", HAZARD, "2026-12-03 14:10", kind="damp_mould")
    world.happens(
        "hazard.classified", HAZARD, "2026-12-04 10:00", kind="damp_mould", **{"class": "significant", "again": False}
    )
    world.happens(
        "hazard.classified", HAZARD, "2026-12-07 10:00", kind="damp_mould", **{"class": "emergency", "again": True}
    )
    assert world.due(HAZARD, "hazard.emergency") == "2026-12-08 10:00"
    assert world.clock(HAZARD, "hazard.investigation").state == State.ENDED
