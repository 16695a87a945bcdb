"""A running limit is paused on the policy's ground, never for refused contact; extended by who may; explained."""

from datetime import date, timedelta

import pytest

from hearth.access.identity import acting_as
from hearth.access.terms import Refused
from hearth.cases import queries as cases
from hearth.pathway.limits import extend_limit, pause_limit, resume_limit
from hearth.timescales.handling import handled_so_far, handling, reason_for_breach
from hearth.timescales.operations import explain_breach
from hearth.timescales.queries import clock_for, clocks_for
from hearth.timescales.terms import NotThisClock
from walked import TRIAGED, owned

AT = TRIAGED + timedelta(days=3)
TARGET = date(2027, 2, 26)


@pytest.fixture
def case(cast):
    """A case its owner has taken on, with twelve weeks to its target."""
    return owned(cast)


def limit(viewer, case, rule="case.target"):
    promise = next(each for each in clocks_for(viewer, case, at=AT) if each.rule == rule)
    return clock_for(viewer, promise.public_id)


def test_the_pages_offer_only_the_policys_grounds_and_refused_contact_is_refused_when_forced(cast, case):
    owner = cast.owner
    with acting_as(owner):
        target = limit(owner, case)
        offered = [code for code, _ in handling(owner, target, at=AT).grounds]
        assert offered == ["police_asked", "council_leads", "court_order"]
        for forced in ("refused_contact", "no_access", "not_engaging"):
            with pytest.raises(NotThisClock, match="never pause"):
                pause_limit(target, ground=forced, why="They do not open", by=owner, at=AT)
        pause_limit(target, ground="police_asked", why="DC Marsh, by e-mail", by=owner, at=AT)
        assert target.state == "paused"


def test_a_resumed_limit_falls_due_later_and_the_list_of_cases_follows(cast, case):
    owner = cast.owner
    with acting_as(owner):
        target = limit(owner, case)
        pause_limit(target, ground="police_asked", why="DC Marsh, by e-mail", by=owner, at=AT)
        week = AT + timedelta(days=7)
        assert handling(owner, target, at=week).if_resumed.day == TARGET + timedelta(days=7)
        resume_limit(target, why="They are done", by=owner, at=week)
        assert target.due_day == TARGET + timedelta(days=7)
        done = [(each.act, (each.words or {})["why"]) for each in handled_so_far(target)]
        assert done == [("clock.paused", "DC Marsh, by e-mail"), ("clock.resumed", "They are done")]
        contact = limit(owner, case, "case.contact")
        before = cases.case_for(owner, case.public_id).due_at
        pause_limit(contact, ground="court_order", why="Order of the 7th", by=owner, at=AT)
        assert cases.case_for(owner, case.public_id).due_at != before


def test_a_later_day_is_approved_by_whom_the_policy_names_and_nobody_else(cast, case):
    owner, lead, deputy, manager = cast.owner, cast.lead, cast.deputy, cast.manager
    later = TARGET + timedelta(days=14)
    with acting_as(owner), pytest.raises(Refused):
        extend_limit(limit(owner, case), to=later, why="I need it", by=owner, at=AT)
    for other in (deputy, manager):
        with acting_as(other), pytest.raises(NotThisClock, match="Somebody else must approve"):
            extend_limit(limit(other, case), to=later, why="They need it", by=other, at=AT)
    with acting_as(lead):
        target = limit(lead, case)
        assert handling(lead, target, at=AT).may_extend
        with pytest.raises(NotThisClock, match="after the one"):
            extend_limit(target, to=TARGET, why="The same day", by=lead, at=AT)
        extend_limit(target, to=later, why="The council holds its conference first", by=lead, at=AT)
        assert target.due_day == later


def test_what_ran_over_asks_for_its_reason_by_clause_and_keeps_it_for_closing(cast, case):
    owner, late = cast.owner, TRIAGED + timedelta(days=100)
    with acting_as(owner):
        target = limit(owner, case)
        with pytest.raises(NotThisClock, match="has not run over"):
            explain_breach(target, ground="our_delay", why="We were late", by=owner, at=AT)
        can = handling(owner, target, at=late)
        assert (can.is_over, can.reason_clause) == (True, "4.1.6a")
        assert "agency_late" in dict(can.reasons)
        with pytest.raises(NotThisClock, match="cannot mend"):
            pause_limit(target, ground="police_asked", why="Too late", by=owner, at=late)
        explain_breach(target, ground="agency_late", why="The council met in March", by=owner, at=late)
        assert reason_for_breach(case) == "The council met in March"
        assert target.state == "running", "a reason excuses nothing"
