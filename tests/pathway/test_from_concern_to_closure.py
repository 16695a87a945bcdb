"""A concern noticed, triaged, worked and closed under the Manchester policy: worked example A, as far as it goes."""

import uuid
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from hearth.access.identity import acting_as
from hearth.access.terms import Refused
from hearth.cases import queries as cases
from hearth.cases.chronology import chronology
from hearth.cases.models import Case
from hearth.cases.operations import closing, handing_over, judging, working
from hearth.cases.terms import (
    ContactKind,
    ContactMade,
    ContactOutcome,
    NoSuchCase,
    ReviewOutcome,
    Risk,
    Seen,
)
from hearth.concerns import queries as concerns
from hearth.concerns.terms import NotComplete
from hearth.organisation.terms import ChangedMeanwhile
from hearth.partners import operations as partners
from hearth.partners.terms import Answer, Process
from hearth.pathway.deciding import Begin, decide_concern
from hearth.timescales.queries import clocks_for, clocks_in_circle
from hearth.timescales.terms import GateUnmet
from hearth.triage.terms import ChildThere, Judgement, Limb, Limbs, Outcome, SubjectKind
from walked import ASKED, ENDING, OPEN, TRIAGED, opened, owned, raised


def test_the_receipt_says_what_happens_next_and_by_when(cast):
    receipt = raised(cast)
    assert [step.promise for step in receipt.next_steps]
    triage = next(step for step in receipt.next_steps if step.rule == "concern.triage")
    assert triage.due_day == date(2026, 12, 4), "triage within a working day of Thursday"
    assert triage.force_sentence


def test_triage_opens_a_case_and_refers_and_every_limit_falls_on_its_day(cast):
    done = opened(cast, asked=ASKED)
    triage = cast.triage_officer
    with acting_as(triage):
        assert done.case is not None
        assert done.referral is not None
        mine = {promise.rule: promise for promise in clocks_in_circle(triage, done.case.circle_id, at=TRIAGED)}
        assert mine["case.target"].due_day == date(2027, 2, 26)
        assert mine["referral.written"].due_day == date(2026, 12, 8)
        assert mine["council.decision"].due_day == date(2026, 12, 7)
        told = {promise.rule: promise for promise in clocks_for(triage, done.decision.concern, at=TRIAGED)}
        assert told["concern.triage"].state == "met"


def test_an_adult_needs_the_three_limbs_and_the_third_never_blocks(cast):
    receipt, triage = raised(cast), cast.triage_officer
    adult = Judgement(
        outcome=Outcome.ADVICE, considered=(Outcome.WATCH,), why="He asked for a number", clause="4.1.2b",
        subject=SubjectKind.ADULT, children_in_household=ChildThere.NO, detail="Gave the advice line",
    )  # fmt: skip
    with acting_as(triage):
        concern = concerns.concern_for(triage, receipt.public_id)
        with pytest.raises(NotComplete, match="three parts"):
            decide_concern(concern, adult, Begin(), by=triage, at=TRIAGED, key=uuid.uuid4())
        limbs = Limbs(Limb.YES, "Needs help to dress", Limb.YES, "Bruises", Limb.NOT_KNOWN, "")
        whole = replace(adult, limbs=limbs)
        assert decide_concern(concern, whole, Begin(), by=triage, at=TRIAGED, key=uuid.uuid4()).is_new


@pytest.mark.parametrize("limb", ["care_needs", "at_risk", "unable_to_protect"])
@pytest.mark.parametrize("answer", [Limb.YES, Limb.NO])
def test_every_yes_and_no_of_the_adult_test_needs_what_shows_it(cast, limb, answer):
    receipt, triage = raised(cast), cast.triage_officer
    said = replace(Limbs(*(Limb.NOT_KNOWN, "") * 3), **{limb: answer})
    adult = replace(OPEN, subject=SubjectKind.ADULT, limbs=said)
    high = Begin(risk=Risk.HIGH, risk_why="An infant")
    with acting_as(triage):
        concern = concerns.concern_for(triage, receipt.public_id)
        with pytest.raises(NotComplete, match="what shows it") as missing:
            decide_concern(concern, adult, high, by=triage, at=TRIAGED, key=uuid.uuid4())
        assert missing.value.field == f"{limb}_why"
        shown = replace(adult, limbs=replace(said, **{f"{limb}_why": "As her doctor says"}))
        assert decide_concern(concern, shown, high, by=triage, at=TRIAGED, key=uuid.uuid4()).is_new


def test_a_decision_rests_on_a_clause_of_the_policy_in_force(cast):
    receipt, triage = raised(cast), cast.triage_officer
    high = Begin(risk=Risk.HIGH, risk_why="An infant")
    with acting_as(triage):
        concern = concerns.concern_for(triage, receipt.public_id)
        with pytest.raises(NotComplete, match="clause of the policy in force"):
            decide_concern(concern, replace(OPEN, clause="99.9z"), high, by=triage, at=TRIAGED, key=uuid.uuid4())
        assert decide_concern(concern, OPEN, high, by=triage, at=TRIAGED, key=uuid.uuid4()).is_new


def test_a_decision_without_reason_or_alternatives_is_refused_with_its_clause(cast):
    receipt, triage = raised(cast), cast.triage_officer
    high = Begin(risk=Risk.HIGH, risk_why="An infant")
    with acting_as(triage):
        concern = concerns.concern_for(triage, receipt.public_id)
        with pytest.raises(NotComplete, match="why you decided"):
            decide_concern(concern, replace(OPEN, why=" "), high, by=triage, at=TRIAGED, key=uuid.uuid4())
        with pytest.raises(GateUnmet) as unmet:
            decide_concern(concern, replace(OPEN, considered=()), high, by=triage, at=TRIAGED, key=uuid.uuid4())
        assert all(gate.clause for gate in unmet.value.unmet)
        with pytest.raises(NotComplete, match="Nothing is assumed to be low"):
            decide_concern(concern, OPEN, Begin(), by=triage, at=TRIAGED, key=uuid.uuid4())
        assert concerns.queue(triage) == [concern], "nothing was done by half"


def test_a_decision_sent_twice_is_one_decision(cast):
    receipt, triage, key = raised(cast), cast.triage_officer, uuid.uuid4()
    with acting_as(triage):
        concern = concerns.concern_for(triage, receipt.public_id)
        begin = Begin(risk=Risk.HIGH, risk_why="x")
        first = decide_concern(concern, OPEN, begin, by=triage, at=TRIAGED, key=key)
        again = decide_concern(concern, OPEN, begin, by=triage, at=TRIAGED, key=key)
        assert (first.is_new, again.is_new, again.decision) == (True, False, first.decision)
        assert Case.objects.count() == 1


def test_the_case_is_offered_and_taken_and_who_gives_it_back_sees_it_no_more(cast):
    worker, owner, outsider = cast.worker, cast.owner, cast.outsider
    done = opened(cast, hand_to=worker.id)
    public_id = done.case.public_id
    with acting_as(outsider), pytest.raises(NoSuchCase):
        cases.case_for(outsider, public_id)
    with acting_as(owner), pytest.raises(NoSuchCase):
        cases.case_for(owner, public_id)
    with acting_as(worker):
        handover = cases.offered_to_me(worker)[0]
        with pytest.raises(NotComplete, match="why you give"):
            handing_over.give_back(handover, why=" ", by=worker, at=TRIAGED)
        handing_over.give_back(handover, why="I know the family", by=worker, at=TRIAGED)
        with pytest.raises(NoSuchCase):
            cases.case_for(worker, public_id)
    triage = cast.triage_officer
    with acting_as(triage):
        case = cases.case_for(triage, public_id)
        handing_over.hand_over(case, to=owner.id, what_matters="The children", by=triage, at=TRIAGED)
    with acting_as(owner):
        handing_over.accept(cases.offered_to_me(owner)[0], by=owner, at=TRIAGED)
        assert cases.case_for(owner, public_id).owner_id == owner.id
        assert [case.public_id for case in cases.worklist(owner, mine=True)] == [public_id]


def test_refused_contact_and_no_access_stop_no_clock(cast):
    owner, next_day = cast.owner, TRIAGED + timedelta(days=1)
    case = owned(cast)
    with acting_as(owner):
        before = next(p for p in clocks_for(owner, case, at=TRIAGED) if p.rule == "case.contact")
        for outcome in (ContactOutcome.NO_ACCESS, ContactOutcome.REFUSED, ContactOutcome.NO_ANSWER):
            tried = ContactMade(ContactKind.VISIT, outcome, next_day, Seen.NO, Seen.NO, note="Knocked twice")
            working.record_contact(case, tried, by=owner, at=TRIAGED + timedelta(days=2), key=uuid.uuid4())
        after = next(p for p in clocks_for(owner, case, at=TRIAGED) if p.rule == "case.contact")
        assert (after.public_id, after.due_at, after.state) == (before.public_id, before.due_at, "running")
        seen = ContactMade(ContactKind.VISIT, ContactOutcome.SEEN, next_day, Seen.YES, Seen.NO, note="Saw both")
        working.record_contact(case, seen, by=owner, at=TRIAGED + timedelta(days=3), key=uuid.uuid4())
        renewed = next(p for p in clocks_for(owner, case, at=TRIAGED, going_only=True) if p.rule == "case.contact")
        assert renewed.public_id != before.public_id, "the control: seeing them does"


def test_two_people_editing_see_both_texts_and_lose_neither(cast):
    owner, lead = cast.owner, cast.lead
    case = owned(cast)
    with acting_as(owner):
        mine = cases.case_for(owner, case.public_id)
        working.change_summary(mine, version=mine.version, text="Warm beds are bought", by=owner, at=TRIAGED)
    with acting_as(lead):
        stale = cases.case_for(lead, case.public_id)
        with pytest.raises(ChangedMeanwhile) as both:
            working.change_summary(stale, version=case.version, text="Beds are missing", by=lead, at=TRIAGED)
        assert both.value.theirs == {"summary": "Warm beds are bought"}
        assert both.value.yours == {"summary": "Beds are missing"}
        assert cases.case_for(lead, case.public_id).summary == "Warm beds are bought"


def test_notes_are_found_by_those_who_may_read_them_alone(cast):
    owner, lead, worker = cast.owner, cast.lead, cast.worker
    case = owned(cast)
    with acting_as(owner):
        working.write_note(case, text="Grandmother brings blankets", by=owner, at=TRIAGED, key=uuid.uuid4())
        assert len(cases.search_notes(owner, "blankets").notes) == 1
        assert cases.search_notes(owner, "duvets").notes == []
    with acting_as(lead):
        assert len(cases.search_notes(lead, "grandmother").notes) == 1
    with acting_as(worker):
        assert cases.search_notes(worker, "blankets").notes == [], "a worker of other cases finds nothing"


def test_the_chronology_tells_what_happened_with_its_words_and_who(cast):
    owner = cast.owner
    case = owned(cast)
    with acting_as(owner):
        judging.set_risk(case, risk=Risk.MEDIUM, why="The mould is gone", by=owner, at=TRIAGED + timedelta(days=9))
        told = chronology(owner, case)
    assert [event.title for event in told][:2] == ["Concern logged", "Decided at triage: open case"]
    last = told[-1]
    assert (last.title, last.by, last.words) == ("Risk judged", "Owner", "The mould is gone")


def test_a_case_closes_only_when_every_gate_is_met_and_each_refusal_names_its_clause(cast):
    """Example A: closed within its twelve weeks while the child in need plan runs: a second approver and a reason."""
    owner, lead, worker = cast.owner, cast.lead, cast.worker
    case = owned(cast, risk=Risk.MEDIUM)
    closed_at = datetime(2027, 2, 19, 12, tzinfo=UTC)
    held = datetime(2026, 12, 30, 12, tzinfo=UTC)
    with acting_as(owner):
        partners.process_step(
            case, process=Process.SECTION_47, step="case.section_47_started", by=owner,
            at=datetime(2026, 12, 8, tzinfo=UTC),
            facts={"strategy_discussion_on": date(2026, 12, 8), "referred_on": date(2026, 12, 4)},
        )  # fmt: skip
        watched = {p.rule: p for p in clocks_for(owner, case, at=closed_at)}
        assert watched["council.conference"].due_day == date(2026, 12, 31)
        assert watched["council.assessment"].due_day == date(2027, 2, 10)
        partners.process_step(
            case, process=Process.SECTION_47, step="case.conference_held", by=owner, at=held,
            facts={"outcome": "child_in_need_plan"},
        )  # fmt: skip
        with pytest.raises(GateUnmet) as unmet:
            closing.ask_to_close(case, ENDING, by=owner, at=closed_at)
        assert {gate.gate for gate in unmet.value.unmet} == {"close.statutory"}, "no approver could give the reason"
        whole = replace(ENDING, watched_reason="The plan is the council's and runs without us")
        closure = closing.ask_to_close(case, whole, by=owner, at=closed_at)
        with pytest.raises(GateUnmet) as unmet:
            closing.close(closure, by=owner, at=closed_at)
        assert {gate.gate for gate in unmet.value.unmet} == {"close.statutory"}
        assert all(gate.clause and gate.sentence for gate in unmet.value.unmet)
    with acting_as(worker), pytest.raises(Refused):
        closing.close(closure, by=worker, at=closed_at)
    with acting_as(owner), pytest.raises(Refused):
        closing.close(closure, by=owner, at=closed_at, approves=True)
    with acting_as(lead):
        closing.close(closure, by=lead, at=closed_at, approves=True)
        done = cases.case_for(lead, case.public_id)
        assert (done.stage, done.outcome, (done.closed_at - TRIAGED).days) == ("closed", "risk_reduced", 77)
        with pytest.raises(NotComplete, match="closed"):
            working.change_summary(done, version=done.version, text="More", by=lead, at=closed_at)
        closing.reopen(done, why="A new concern", by=lead, at=closed_at)
        again = {p.rule for p in clocks_for(lead, done, at=closed_at, going_only=True)}
        assert "case.target" in again


def test_a_case_past_its_target_does_not_close_without_the_reason(cast):
    """Example D: seven days over."""
    owner, lead = cast.owner, cast.lead
    case = owned(cast, risk=Risk.MEDIUM)
    late = datetime(2027, 3, 5, 12, tzinfo=UTC)
    with acting_as(owner):
        with pytest.raises(GateUnmet) as unmet:
            closing.ask_to_close(case, ENDING, by=owner, at=late)
        assert "close.late" in {gate.gate for gate in unmet.value.unmet}
        told = replace(ENDING, breach_reason="The contractor failed us")
        closure = closing.ask_to_close(case, told, by=owner, at=late)
    with acting_as(lead):
        closing.close(closure, by=lead, at=late, approves=True)
        assert cases.case_for(lead, case.public_id).stage == "closed"


def test_a_referral_not_taken_up_is_challenged_stage_by_stage(cast):
    """Example G's first stage of challenge, under this pack's defaults."""
    triage = cast.triage_officer
    done = opened(cast, asked=ASKED)
    with acting_as(triage):
        answered = datetime(2026, 12, 7, 12, tzinfo=UTC)
        partners.record_answer(done.referral, answer=Answer.NOT_ACCEPTED, why="No threshold", by=triage, at=answered)
        open_now = {p.rule: p for p in clocks_for(triage, done.referral, at=answered, going_only=True)}
        assert open_now["challenge.first"].due_day == date(2026, 12, 8)
        partners.challenge(done.referral, stage=1, why="Two children in mould", by=triage, at=answered)
        rules = {p.rule for p in clocks_for(triage, done.referral, at=answered, going_only=True)}
        assert "challenge.first" not in rules
        assert "challenge.second" in rules


def test_a_case_reviewed_by_its_manager_starts_the_next_review(cast):
    manager, owner = cast.manager, cast.owner
    case = owned(cast)
    at = TRIAGED + timedelta(days=10)
    with acting_as(owner), pytest.raises(Refused):
        judging.review_case(case, outcome=ReviewOutcome.CONTINUE, text="On course", by=owner, at=at)
    with acting_as(manager):
        mine = cases.case_for(manager, case.public_id)
        judging.review_case(mine, outcome=ReviewOutcome.CONTINUE, text="On course", by=manager, at=at)
        review = next(p for p in clocks_for(manager, mine, at=at, going_only=True) if p.rule == "case.review")
        assert review.due_day == date(2026, 12, 28), "fourteen days for a high risk"
