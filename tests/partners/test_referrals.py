"""Asking an agency: sent, chased with words, answered, challenged, agreed on or taken back; each with its clock."""

from datetime import date, timedelta

import pytest

from hearth.access.identity import acting_as
from hearth.access.terms import Refused
from hearth.concerns.terms import NotComplete
from hearth.partners import operations as partners
from hearth.partners.queries import history_of, waiting_for_others
from hearth.partners.terms import Agency, Answer, Asked, How
from hearth.timescales.queries import clocks_for
from hearth.timescales.terms import GateUnmet
from walked import ASKED, TRIAGED, opened, owned


def states(viewer, referral):
    return {clock.rule: clock.state for clock in clocks_for(viewer, referral, at=TRIAGED)}


def test_a_chase_keeps_whom_when_and_what_was_said_and_meets_its_limit(cast):
    owner, worker = cast.owner, cast.worker
    case = owned(cast)
    with acting_as(owner):
        referral = partners.refer(None, case, ASKED, by=owner, at=TRIAGED, key=_key())
        assert states(owner, referral)["referral.chase"] == "running"
        at = TRIAGED + timedelta(days=4)
        partners.chase(referral, spoke_to="Mrs Osei, duty desk", said="They look at it today", by=owner, at=at)
        chases = [each for each in clocks_for(owner, referral, at=at) if each.rule == "referral.chase"]
        assert sorted(each.state for each in chases) == ["met", "running"], "and the next chase is promised"
        told = history_of(owner, referral)[-1]
        assert (told.title, told.by, told.at) == ("Referral chased", "Owner", at)
        assert "Mrs Osei, duty desk" in told.words
        assert "They look at it today" in told.words
    with acting_as(worker), pytest.raises(Refused):
        partners.chase(referral, spoke_to="x", said="x", by=worker, at=TRIAGED)


def test_what_waits_for_others_stands_with_the_soonest_chase_first_and_goes_when_it_is_answered(cast):
    owner, lead, other = cast.owner, cast.lead, cast.worker
    case = owned(cast)
    late = Asked(Agency.HEALTH, How.WRITTEN, "Advice", "given", "child")
    with acting_as(owner):
        nothing_runs = partners.refer(None, case, late, by=owner, at=TRIAGED, key=_key())
        slow = partners.refer(None, case, ASKED, by=owner, at=TRIAGED + timedelta(days=3), key=_key())
        soon = partners.refer(None, case, ASKED, by=owner, at=TRIAGED, key=_key())
        assert waiting_for_others(owner) == [soon, slow, nothing_runs]
        partners.record_answer(soon, answer=Answer.ACCEPTED, why="They visit", by=owner, at=TRIAGED)
        assert waiting_for_others(owner) == [slow, nothing_runs]
    with acting_as(lead):
        assert waiting_for_others(lead) == [slow, nothing_runs]
    with acting_as(other):
        assert waiting_for_others(other) == []


@pytest.mark.parametrize("answer", [Answer.NOT_ACCEPTED, Answer.SCREENING_ONLY, Answer.NO_FURTHER_ACTION])
def test_a_disagreement_that_ends_in_agreement_runs_no_further_stage(cast, answer):
    triage = cast.triage_officer
    done = opened(cast, asked=ASKED)
    at = TRIAGED + timedelta(days=3)
    with acting_as(triage):
        referral = done.referral
        with pytest.raises(NotComplete, match="no disagreement"):
            partners.agree(referral, answer=Answer.ACCEPTED, why="They agree", by=triage, at=at)
        partners.record_answer(referral, answer=answer, why="No threshold", by=triage, at=at)
        assert states(triage, referral)["challenge.first"] == "running"
        with pytest.raises(NotComplete, match="one stage after the other"):
            partners.challenge(referral, stage=2, why="Two children", by=triage, at=at)
        partners.challenge(referral, stage=1, why="Two children in mould", by=triage, at=at)
        assert states(triage, referral)["challenge.second"] == "running"
        partners.agree(referral, answer=Answer.ACCEPTED, why="The manager takes it", by=triage, at=at)
        assert states(triage, referral)["challenge.second"] == "ended"
        assert (referral.answer, referral.agreed_at) == (Answer.ACCEPTED, at)
        with pytest.raises(NotComplete, match="until you agree"):
            partners.challenge(referral, stage=2, why="Still", by=triage, at=at)


def test_an_agency_that_asks_for_more_answers_again_and_a_last_word_stands(cast):
    triage = cast.triage_officer
    done = opened(cast, asked=ASKED)
    with acting_as(triage):
        for answer in (Answer.NEED_MORE, Answer.RETURNED, Answer.ACCEPTED):
            partners.record_answer(done.referral, answer=answer, why="So they say", by=triage, at=TRIAGED)
        with pytest.raises(NotComplete, match="already been recorded"):
            partners.record_answer(done.referral, answer=Answer.NOT_ACCEPTED, why="No", by=triage, at=TRIAGED)


def test_a_referral_taken_back_ends_what_ran_for_it(cast):
    triage = cast.triage_officer
    done = opened(cast, asked=ASKED)
    with acting_as(triage):
        partners.withdraw(done.referral, why="Sent to the wrong council", by=triage, at=TRIAGED)
        assert set(states(triage, done.referral).values()) == {"ended"}
        assert waiting_for_others(triage) == []
        with pytest.raises(NotComplete, match="answered or taken back"):
            partners.withdraw(done.referral, why="Again", by=triage, at=TRIAGED)
        with pytest.raises(NotComplete, match="Nothing waits"):
            partners.chase(done.referral, spoke_to="x", said="x", by=triage, at=TRIAGED)


def test_refusal_needs_the_policys_ground_and_the_reason_stands_beside_it(cast):
    owner, case = cast.owner, owned(cast)
    refused = Asked(Agency.COUNCIL_ADULTS, How.WRITTEN, "Look at it", "refused", "adult")
    with acting_as(owner):
        with pytest.raises(GateUnmet) as unmet:
            partners.refer(None, case, refused, by=owner, at=TRIAGED, key=_key())
        assert [each.clause for each in unmet.value.unmet] == ["CA.consent", "DP.6"]
        whole = Asked(
            Agency.COUNCIL_ADULTS, How.WRITTEN, "Look at it", "refused", "adult", override_ground="danger_to_others",
            override_why="A blocked hallway above a flat that is lived in", basis="public_task",
        )  # fmt: skip
        referral = partners.refer(None, case, whole, by=owner, at=TRIAGED, key=_key())
        assert referral.override_ground == "danger_to_others"


def test_the_soonest_limit_of_a_referral_is_kept_with_it(cast):
    triage = cast.triage_officer
    done = opened(cast, asked=ASKED)
    with acting_as(triage):
        assert done.referral.due_at.date() == date(2026, 12, 9), "in writing by the end of the 8th"
        partners.confirm_in_writing(done.referral, by=triage, at=TRIAGED)
        assert done.referral.due_at.date() == date(2026, 12, 10), "then the chase, by the end of the 9th"


def _key():
    import uuid

    return uuid.uuid4()
