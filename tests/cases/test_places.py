"""Who has a place in a case: the manager of the owner's team, invited readers, and when each place ends."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.db import ProgrammingError, transaction

from hearth.access.clock import now
from hearth.access.identity import acting_as
from hearth.access.operations import give
from hearth.access.queries import who_is_in
from hearth.access.terms import Part, Refused
from hearth.cases import queries as cases
from hearth.cases.operations import closing, judging, working
from hearth.cases.operations.placing import end_place, invite
from hearth.cases.terms import NoSuchCase, ReviewOutcome, Risk
from hearth.concerns.terms import NotComplete
from hearth.organisation.models import Post, Team
from hearth.outbound.queries.notices import notices_for
from hearth.pathway.closing import ask_for_closing
from hearth.timescales.terms import GateUnmet
from walked import ENDING, TRIAGED, opened, owned


def places(cast, case, part):
    lead = cast.lead
    with acting_as(lead):
        return [grant for grant in who_is_in(lead, case.circle_id) if grant.part_in_it == part]


def test_the_manager_of_the_team_gets_a_place_when_the_case_is_offered_and_nobody_elses_manager_does(cast):
    manager, owner = cast.manager, cast.owner
    done = opened(cast, hand_to=owner.id)
    with acting_as(manager):
        assert cases.case_for(manager, done.case.public_id)
        with pytest.raises(Refused):
            working.change_summary(done.case, version=1, text="Mine now", by=manager, at=TRIAGED)
    (place,) = places(cast, done.case, Part.MANAGES_IT)
    assert (place.user_id, place.ends_at, bool(place.why)) == (manager.id, None, True)


def test_a_manager_of_another_team_has_no_place(cast):
    manager, owner = cast.manager, cast.owner
    with acting_as(cast.administrator):
        Post.objects.filter(key="case-worker").update(team=Team.objects.create(name="North"))
        Post.objects.filter(key="case-manager").update(team=Team.objects.create(name="South"))
    done = opened(cast, hand_to=owner.id)
    with acting_as(manager), pytest.raises(NoSuchCase):
        cases.case_for(manager, done.case.public_id)


def test_the_owner_asks_and_the_manager_approves_and_reads_on_for_as_long_as_the_policy_says(cast):
    owner, manager, at = cast.owner, cast.manager, TRIAGED + timedelta(days=30)
    case = owned(cast, risk=Risk.HIGH)
    with acting_as(owner):
        asked = ask_for_closing(case, ENDING, by=owner, at=at)
        assert {gate.gate for gate in asked.missing} == {"close.high_risk"}
        with pytest.raises(Refused):
            closing.close(asked.closure, by=owner, at=at, approves=True)
    with acting_as(manager):
        assert case.public_id in {notice.about for notice in notices_for(manager, unread_only=True)}
        (closure,) = cases.closures_waiting(manager)
        closing.close(closure, by=manager, at=at, approves=True)
        assert cases.case_for(manager, case.public_id).stage == "closed"
    (place,) = [place for place in places(cast, case, Part.MANAGES_IT) if place.ends_at]
    assert place.ends_at > at + timedelta(days=27)


def test_whoever_approves_reads_what_for_and_what_came_to_be_missing_since(cast):
    """Asked for in time and left lying until the case ran past its target: no approval can give the reason."""
    owner, manager, at = cast.owner, cast.manager, TRIAGED + timedelta(days=80)
    case = owned(cast, risk=Risk.HIGH)
    with acting_as(owner):
        ask_for_closing(case, ENDING, by=owner, at=at)
    late = at + timedelta(days=30)
    with acting_as(manager):
        closure = cases.closure_waiting(manager, case)
        gates = closing.wanted(closure, by=manager, at=at)
        assert ({gate.gate for gate in gates.approval}, gates.more) == ({"close.high_risk"}, ())
        gates = closing.wanted(closure, by=manager, at=late)
        assert ({gate.gate for gate in gates.approval}, {gate.gate for gate in gates.more}) == (
            {"close.high_risk"},
            {"close.late"},
        )
        with pytest.raises(GateUnmet):
            closing.close(closure, by=manager, at=late, approves=True)
        closing.close(closure, by=manager, at=at, approves=True)


def test_nobody_is_asked_to_approve_what_they_could_not_help(cast):
    owner, manager, at = cast.owner, cast.manager, TRIAGED + timedelta(days=30)
    case = owned(cast, risk=Risk.HIGH)
    with acting_as(owner), pytest.raises(GateUnmet) as problem:
        ask_for_closing(case, replace(ENDING, change_seen=""), by=owner, at=at)
    assert {gate.gate for gate in problem.value.unmet} == {"close.seen_change"}
    with acting_as(manager):
        assert cases.closures_waiting(manager) == []


def test_nobody_approves_the_closing_of_a_case_they_have_themselves(cast):
    """A manager who took a case on: a lead asks to close it, and still somebody else must approve."""
    manager, lead, at = cast.manager, cast.lead, TRIAGED + timedelta(days=30)
    done = opened(cast, hand_to=manager.id)
    from hearth.cases.operations import handing_over

    with acting_as(manager):
        handing_over.accept(cases.offered_to_me(manager)[0], by=manager, at=TRIAGED)
    with acting_as(lead):
        case = cases.case_for(lead, done.case.public_id)
        closure = ask_for_closing(case, ENDING, by=lead, at=at).closure
    with acting_as(manager):
        assert cases.closures_waiting(manager) == []
        with pytest.raises(NotComplete, match="other than the owner"):
            closing.close(cases.closure_waiting(manager, case), by=manager, at=at, approves=True)
    deputy = cast.deputy
    with acting_as(deputy):
        closing.close(cases.closure_waiting(deputy, closure.case), by=deputy, at=at, approves=True)


def test_a_restricted_case_is_never_opened_to_a_manager(cast):
    from hearth.access.operations import restrict

    lead, manager, owner = cast.lead, cast.manager, cast.owner
    done = opened(cast)
    with acting_as(lead):
        give(done.case.circle_id, to=lead.id, part_in_it=Part.OWNS_IT, by=lead, at=TRIAGED)
        restrict(done.case.circle_id, by=lead)
        from hearth.cases.operations.handing_over import hand_over

        case = cases.case_for(lead, done.case.public_id)
        hand_over(case, to=owner.id, what_matters="Quietly", by=lead, at=TRIAGED)
    with acting_as(manager), pytest.raises(NoSuchCase):
        cases.case_for(manager, done.case.public_id)


def test_an_invited_colleague_reads_until_the_day_and_has_no_voice(cast):
    owner, auditor, outsider = cast.owner, cast.auditor, cast.outsider
    case = owned(cast)
    until = now() + timedelta(days=3)
    with acting_as(auditor), pytest.raises(NoSuchCase):
        cases.case_for(auditor, case.public_id)
    with acting_as(owner):
        with pytest.raises(NotComplete, match="why they need"):
            invite(case, user_id=auditor.id, why=" ", until=until, by=owner, at=now())
        invite(case, user_id=auditor.id, why="Yearly audit", until=until, by=owner, at=now())
        with pytest.raises(NotComplete, match="already"):
            invite(case, user_id=auditor.id, why="Again", until=until, by=owner, at=now())
    with acting_as(auditor):
        read = cases.case_for(auditor, case.public_id)
        for act in (
            lambda: working.change_summary(read, version=read.version, text="x", by=auditor, at=now()),
            lambda: judging.review_case(read, outcome=ReviewOutcome.CONTINUE, text="x", by=auditor, at=now()),
            lambda: invite(read, user_id=outsider.id, why="x", until=until, by=auditor, at=now()),
        ):
            with pytest.raises(Refused):
                act()
        with pytest.raises(ProgrammingError, match="not in your circle"), transaction.atomic():
            give(case.circle_id, to=outsider.id, part_in_it=Part.INVITED, by=auditor, at=now())


def test_an_invitation_is_ended_by_whoever_may_invite_and_the_owners_place_is_not(cast):
    owner, auditor, worker = cast.owner, cast.auditor, cast.worker
    case = owned(cast)
    with acting_as(owner):
        grant = invite(case, user_id=auditor.id, why="Audit", until=now() + timedelta(days=3), by=owner, at=now())
        mine = next(each for each in who_is_in(owner, case.circle_id) if each.part_in_it == Part.OWNS_IT)
        with pytest.raises(NotComplete, match="cannot be ended"):
            end_place(case, mine.id, by=owner, at=now())
    with acting_as(worker), pytest.raises(Refused):
        end_place(case, grant, by=worker, at=now())
    with acting_as(owner):
        end_place(case, grant, by=owner, at=now())
    with acting_as(auditor), pytest.raises(NoSuchCase):
        cases.case_for(auditor, case.public_id)


def test_an_invitation_past_its_day_reads_nothing(cast):
    owner, auditor = cast.owner, cast.auditor
    case = owned(cast)
    yesterday: datetime = now() - timedelta(days=1)
    with acting_as(owner):
        invite(case, user_id=auditor.id, why="Audit", until=yesterday, by=owner, at=yesterday - timedelta(days=1))
    with acting_as(auditor), pytest.raises(NoSuchCase):
        cases.case_for(auditor, case.public_id)


def test_reopening_brings_the_manager_back(cast):
    owner, manager, lead, at = cast.owner, cast.manager, cast.lead, TRIAGED + timedelta(days=30)
    case = owned(cast, risk=Risk.MEDIUM)
    with acting_as(owner):
        assert ask_for_closing(case, replace(ENDING), by=owner, at=at).is_closed
    with acting_as(lead):
        closing.reopen(cases.case_for(lead, case.public_id), why="A new concern", by=lead, at=at + timedelta(days=1))
    assert [place.user_id for place in places(cast, case, Part.MANAGES_IT) if place.ends_at is None] == [manager.id]
