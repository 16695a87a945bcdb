"""A notice that asks for an act goes as soon as the act is done, by whomever: nobody need say that he has read it."""

import uuid
from dataclasses import replace
from datetime import timedelta

import pytest

from hearth.access.clock import now
from hearth.access.identity import acting_as
from hearth.access.terms import Finding
from hearth.cases import queries as cases
from hearth.cases.operations.closing import close
from hearth.cases.operations.handing_over import accept, give_back, hand_over
from hearth.cases.terms import HandoverState, Risk
from hearth.concerns import queries as concerns
from hearth.concerns.operations import answer_worry
from hearth.concerns.terms import AboutStaff, Place
from hearth.housing.operations import classify_hazard
from hearth.housing.queries import open_hazards
from hearth.housing.terms import HazardClass
from hearth.outbound.models import Notice
from hearth.outbound.queries.notices import notices_for
from hearth.outbound.queries.on_call import alerts_ringing
from hearth.outbound.terms import NoticeWords
from hearth.pathway.alarms import take_alert
from hearth.pathway.closing import ask_for_closing
from hearth.pathway.deciding import Begin, decide_concern
from hearth.pathway.emergencies import open_in_emergency, openings, review_opening
from hearth.pathway.worrying import raise_worry
from housing.estate import make_home
from on_duty import EVENING, rota
from walked import COLD, ENDING, LOGGED, OPEN, TRIAGED, opened, owned, raised
from web.signed_in import at_a_browser, read


def waits(viewer, words):
    """How many notices of a kind wait for somebody."""
    with acting_as(viewer):
        return sum(each.words is words for each in notices_for(viewer, unread_only=True))


@pytest.fixture
def offered(cast):
    """A case offered to its future owner, and another that stays the control."""
    case = opened(cast, hand_to=cast.owner.id).case
    opened(cast, hand_to=cast.owner.id)
    assert waits(cast.owner, NoticeWords.HANDOVER) == 2
    with acting_as(cast.owner):
        return next(each for each in cases.offered_to_me(cast.owner) if each.case_id == case.pk)


def test_a_case_taken_on_is_not_offered_any_more(cast, offered):
    with acting_as(cast.owner):
        accept(offered, by=cast.owner, at=TRIAGED)
    assert waits(cast.owner, NoticeWords.HANDOVER) == 1


def test_a_case_given_back_is_not_offered_any_more(cast, offered):
    with acting_as(cast.owner):
        give_back(offered, why="I know the family", by=cast.owner, at=TRIAGED)
    assert waits(cast.owner, NoticeWords.HANDOVER) == 1


def test_who_offered_a_case_hears_that_it_was_given_back_and_why_until_it_is_offered_again(cast, offered):
    triage, why = cast.triage_officer, "I know the family"
    case = f"/case/{offered.case.public_id}"
    assert waits(triage, NoticeWords.SOMETHING_WAITS) == 0
    with acting_as(cast.owner):
        give_back(offered, why=why, by=cast.owner, at=TRIAGED)
    assert waits(triage, NoticeWords.SOMETHING_WAITS) == 1
    page = read(at_a_browser(triage).get(case))
    assert f"{cast.owner.name} gave this case back on" in page
    assert why in page
    with acting_as(triage):
        hand_over(offered.case, to=cast.worker.id, what_matters="The children", by=triage, at=TRIAGED)
    assert waits(triage, NoticeWords.SOMETHING_WAITS) == 0
    assert why not in read(at_a_browser(triage).get(case))


def test_why_a_case_in_hand_was_not_taken_is_for_who_offered_it(cast):
    case, lead = owned(cast), cast.lead
    with acting_as(lead):
        hand_over(case, to=cast.worker.id, what_matters="The children", by=lead, at=TRIAGED)
    with acting_as(cast.worker):
        give_back(cases.offered_to_me(cast.worker)[0], why="I know the family", by=cast.worker, at=TRIAGED)
    assert "I know the family" in read(at_a_browser(lead).get(f"/case/{case.public_id}"))
    assert "I know the family" not in read(at_a_browser(cast.owner).get(f"/case/{case.public_id}"))


def test_an_offer_lapses_with_its_case(cast):
    case = owned(cast, risk=Risk.STANDARD)
    owner, worker = cast.owner, cast.worker
    with acting_as(owner):
        hand_over(case, to=worker.id, what_matters="The children", by=owner, at=TRIAGED)
    assert waits(worker, NoticeWords.HANDOVER) == 1
    with acting_as(owner):
        asked = ask_for_closing(case, replace(ENDING, breach_reason="None"), by=owner, at=TRIAGED)
        assert asked.is_closed
        assert [each.state for each in case.handovers.order_by("id")] == ["accepted", HandoverState.LAPSED]
    assert waits(worker, NoticeWords.HANDOVER) == 0
    with acting_as(worker):
        assert cases.offers(worker) == []
        with pytest.raises(cases.NoSuchCase):
            cases.case_for(worker, case.public_id)


def test_a_worry_that_one_lead_answered_waits_for_no_other(cast):
    concern = raised(cast).concern
    with acting_as(cast.reporter):
        worry = raise_worry(concern, why="Nobody came", by=cast.reporter, at=LOGGED, key=uuid.uuid4())
    assert waits(cast.lead, NoticeWords.STILL_WORRIED) == waits(cast.deputy, NoticeWords.STILL_WORRIED) == 1
    with acting_as(cast.deputy):
        found = concerns.worry_for(cast.deputy, worry.public_id)
        answer_worry(found, answer="We visit today", by=cast.deputy, at=TRIAGED, decided_by=frozenset())
    assert waits(cast.lead, NoticeWords.STILL_WORRIED) == waits(cast.deputy, NoticeWords.STILL_WORRIED) == 0


def test_an_alert_that_somebody_took_rings_in_nobodys_list(cast):
    rota(cast, ("worker", 1), ("manager", 1))
    raised(cast, replace(COLD, danger_now=True), at=EVENING)
    assert waits(cast.worker, NoticeWords.ON_CALL_ALERT) == waits(cast.manager, NoticeWords.ON_CALL_ALERT) == 1
    with acting_as(cast.manager):
        take_alert(alerts_ringing(cast.manager)[0].public_id, by=cast.manager, at=EVENING)
    assert waits(cast.worker, NoticeWords.ON_CALL_ALERT) == waits(cast.manager, NoticeWords.ON_CALL_ALERT) == 0


def test_an_alert_about_what_was_decided_is_over(cast):
    rota(cast, ("worker", 1))
    opened(cast)
    raised(cast, replace(COLD, danger_now=True), at=EVENING)
    assert waits(cast.worker, NoticeWords.ON_CALL_ALERT) == 1
    done = opened(cast, told=replace(COLD, danger_now=True), at=EVENING + timedelta(hours=20))
    assert done.is_new
    assert waits(cast.worker, NoticeWords.ON_CALL_ALERT) == 1, "the control: the one nobody took still rings"


def test_a_closing_that_was_approved_waits_for_no_manager(cast):
    case = owned(cast, risk=Risk.HIGH)
    owner, lead, manager = cast.owner, cast.lead, cast.manager
    with acting_as(owner):
        asked = ask_for_closing(case, replace(ENDING, breach_reason="Nobody opened"), by=owner, at=TRIAGED)
    assert not asked.is_closed
    assert waits(manager, NoticeWords.SOMETHING_WAITS) == 1
    with acting_as(owner):
        ask_for_closing(case, replace(ENDING, breach_reason="Asked again"), by=owner, at=TRIAGED)
    assert waits(manager, NoticeWords.SOMETHING_WAITS) == 1, "only what was asked last"
    with acting_as(lead):
        close(cases.closure_waiting(lead, cases.case_for(lead, case.public_id)), by=lead, at=TRIAGED, approves=True)
    assert waits(manager, NoticeWords.SOMETHING_WAITS) == 0


def test_an_emergency_opening_that_was_reviewed_waits_for_no_lead(cast):
    concern = raised(cast, at=now()).concern
    with acting_as(cast.worker):
        open_in_emergency("concern", concern.reference, why="She rang in tears", by=cast.worker, at=now())
    assert waits(cast.lead, NoticeWords.BREAK_GLASS) == waits(cast.deputy, NoticeWords.BREAK_GLASS) == 1
    with acting_as(cast.deputy):
        (opening,) = openings(cast.deputy)
        review_opening(opening, finding=Finding.NEEDED, why="He stood there", by=cast.deputy, at=now())
    assert waits(cast.lead, NoticeWords.BREAK_GLASS) == 0


def test_a_hazard_that_was_judged_is_no_news_to_repairs(cast):
    home = make_home(cast.register_keeper, "12 Acacia Road")
    raised(cast, replace(COLD, place=Place.HOME, elsewhere="", home_id=home.pk))
    assert waits(cast.repairs, NoticeWords.HAZARD) == 1
    with acting_as(cast.surveyor):
        (hazard,) = open_hazards(cast.surveyor)
        significant = HazardClass.SIGNIFICANT
        classify_hazard(hazard, hazard_class=significant, why="An infant", version=1, by=cast.surveyor, at=TRIAGED)
    assert waits(cast.repairs, NoticeWords.HAZARD) == 0


def test_nobody_reads_for_another_outside_of_an_act(cast, offered):
    """Done is said by the house: a colleague who is signed in cannot take another's notices as read."""
    with acting_as(cast.lead):
        assert Notice.objects.filter(words=NoticeWords.HANDOVER).update(read_at=TRIAGED) == 0
    assert waits(cast.owner, NoticeWords.HANDOVER) == 2


def test_where_nobody_manages_a_restricted_case_the_lead_who_may_read_it_hears_that_closing_waits(cast):
    lead, owner = cast.lead, cast.owner
    receipt = raised(cast, replace(COLD, about_staff=AboutStaff.YES))
    with acting_as(lead):
        concern = concerns.concern_for(lead, receipt.public_id)
        begin = Begin(risk=Risk.HIGH, risk_why="Infant in mould", hand_to=owner.id, what_matters="The children")
        case = decide_concern(concern, OPEN, begin, by=lead, at=TRIAGED, key=uuid.uuid4()).case
    with acting_as(owner):
        accept(cases.offered_to_me(owner)[0], by=owner, at=TRIAGED)
        case = cases.case_for(owner, case.public_id)
        assert not ask_for_closing(case, ENDING, by=owner, at=TRIAGED).is_closed
    assert waits(lead, NoticeWords.SOMETHING_WAITS) == 1
    for outside in (cast.deputy, cast.manager, owner):
        assert waits(outside, NoticeWords.SOMETHING_WAITS) == 0, outside.name
    with acting_as(lead):
        assert cases.closure_waiting(lead, cases.case_for(lead, case.public_id))
