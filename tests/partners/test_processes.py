"""Other agencies' own processes: begun, their steps with days, ended; theirs to keep, ours to watch."""

from datetime import date

import pytest

from hearth.access.clock import now
from hearth.access.identity import acting_as
from hearth.access.terms import Refused
from hearth.concerns.terms import NotComplete
from hearth.partners.operations import high_risk_recognised, process_step
from hearth.partners.queries import processes_of
from hearth.partners.terms import RUN_BY, STEPS, Process
from hearth.timescales.declarations import declared
from hearth.timescales.queries import clocks_for
from walked import TRIAGED, owned
from web.signed_in import at_a_browser, read


def going(viewer, case):
    return {
        each.rule: each for each in clocks_for(viewer, case, at=TRIAGED, going_only=True) if each.whose == "watched"
    }


def step(case, process, act, by, **more):
    process_step(case, process=process, step=act, by=by, at=TRIAGED, **more)


def test_every_process_begins_ends_or_leads_on_and_is_run_by_somebody():
    assert set(STEPS) == set(RUN_BY) == set(Process)
    for steps in STEPS.values():
        assert [each for each in steps if each.begins]
        assert all(each.act in declared() for each in steps)
        assert all(name in declared()[each.act] for each in steps for name in each.days)


def test_a_section_42_enquiry_runs_as_required_until_it_ends(cast):
    owner, worker, case = cast.owner, cast.worker, owned(cast)
    with acting_as(owner):
        step(case, Process.SECTION_42, "case.section_42_started", owner, lead_practitioner="Ms Bright")
        assert going(owner, case)["council.enquiry"].due_at is None
        step(case, Process.SECTION_42, "case.section_42_ended", owner, outcome="A plan with her sister")
        assert going(owner, case) == {}
        (kept,) = processes_of(owner, case)
        assert (kept.agency, kept.lead_practitioner, kept.outcome) == (
            "council_adults", "Ms Bright", "A plan with her sister",
        )  # fmt: skip
    with acting_as(worker), pytest.raises(Refused):
        step(case, Process.SECTION_42, "case.section_42_started", worker)


def test_a_risk_conference_is_watched_until_its_day(cast):
    owner, case = cast.owner, owned(cast)
    with acting_as(owner):
        step(case, Process.MARAC, "case.marac_listed", owner, facts={"meets_on": date(2026, 12, 17)})
        listed = going(owner, case)["marac.conference"]
        assert (listed.due_day, listed.whose) == (date(2026, 12, 17), "watched")
        step(case, Process.MARAC, "case.marac_held", owner, outcome="An adviser for her")
        assert going(owner, case) == {}


def test_a_conference_that_makes_a_plan_begins_the_plan_as_a_process_of_its_own(cast):
    owner, case = cast.owner, owned(cast)
    days = {"referred_on": date(2026, 12, 4), "strategy_discussion_on": date(2026, 12, 4)}
    with acting_as(owner):
        step(case, Process.SECTION_47, "case.section_47_started", owner, facts=days)
        step(case, Process.SECTION_47, "case.conference_held", owner, facts={"outcome": "protection_plan"})
        assert {each.process for each in processes_of(owner, case)} == {"s47", "child_protection_plan"}
        assert {"council.core_group", "council.first_review", "council.plan"} <= set(going(owner, case))
        with pytest.raises(NotComplete, match="no step"):
            step(case, Process.MARAC, "case.core_group_held", owner)
        step(case, Process.CHILD_PROTECTION_PLAN, "case.core_group_held", owner)
        assert "council.core_group" not in going(owner, case)


def test_a_step_told_days_later_counts_from_the_day_it_was_taken(cast):
    owner, case = cast.owner, owned(cast)
    days = {"referred_on": date(2026, 11, 3), "strategy_discussion_on": date(2026, 11, 4)}
    held = date(2026, 11, 25)  # the last of fifteen working days; told on 4 December
    with acting_as(owner):
        step(case, Process.SECTION_47, "case.section_47_started", owner, facts=days, on=date(2026, 11, 4))
        for wrong, why in ((date(2026, 11, 3), "or a later one"), (date(2026, 12, 5), "has passed")):
            with pytest.raises(NotComplete, match=why):
                step(case, Process.SECTION_47, "case.conference_held", owner, on=wrong)
        told = {"outcome": "protection_plan"}
        step(case, Process.SECTION_47, "case.conference_held", owner, facts=told, on=held)
        clocks = {each.rule: each for each in clocks_for(owner, case, at=TRIAGED)}
        conference = clocks["council.conference"]
        assert (conference.due_day, conference.state, conference.is_over) == (held, "met", False)
        assert clocks["council.core_group"].due_day == date(2026, 12, 9), "ten working days after the conference"
        with pytest.raises(NotComplete, match="has passed"):
            step(case, Process.MARAC, "case.marac_listed", owner, facts={"meets_on": held}, on=date(2026, 12, 5))


WEDNESDAY, FRIDAY, SATURDAY = date(2026, 12, 2), date(2026, 12, 4), date(2026, 12, 5)


@pytest.mark.parametrize(
    ("on", "due"),
    [(WEDNESDAY, date(2026, 12, 3)), (FRIDAY, date(2026, 12, 7)), (None, date(2026, 12, 7))],
    ids=["two days ago", "today", "nobody said"],
)
def test_the_working_day_for_the_conference_counts_from_when_high_risk_was_recognised(cast, on, due):
    owner, case = cast.owner, owned(cast)
    with acting_as(owner):
        with pytest.raises(NotComplete, match="a day that has passed"):
            high_risk_recognised(case, score=15, why="He held her neck", on=SATURDAY, by=owner, at=TRIAGED)
        high_risk_recognised(case, score=15, why="He held her neck", on=on, by=owner, at=TRIAGED)
        (limit,) = [each for each in clocks_for(owner, case, at=TRIAGED) if each.rule == "marac.referral"]
        assert limit.due_day == due
        assert limit.is_over is (on == WEDNESDAY)


def test_the_page_asks_for_the_day(cast):
    case, browser = owned(cast), at_a_browser(cast.owner)
    address, told = f"/case/{case.public_id}/high-risk", {"score": "15", "why": "He held her neck"}
    page = read(browser.post(address, told))
    assert page.count("Enter the day on which it was recognised") == 2
    assert "He held her neck" in page
    browser.post(address, {**told, "on-day": "2", "on-month": "12", "on-year": str(now().year - 1)})
    with acting_as(cast.owner):
        (limit,) = [each for each in clocks_for(cast.owner, case, at=now()) if each.rule == "marac.referral"]
        assert limit.started_at.date() == date(now().year - 1, 12, 2)
