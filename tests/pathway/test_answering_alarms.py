"""Somebody in danger now: whoever takes the alert can read what was told, for as long as the policy says."""

import uuid
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from hearth.access.identity import acting_as
from hearth.access.operations import give
from hearth.access.queries import who_is_in
from hearth.access.terms import Part
from hearth.cases.terms import Risk
from hearth.concerns import queries as concerns
from hearth.concerns.operations import add_to_concern, start_looking
from hearth.concerns.terms import AboutStaff, Came, NoSuchConcern, Place, Told
from hearth.outbound.operations.on_call import open_to_answerer
from hearth.outbound.queries.notices import notices_for
from hearth.outbound.queries.on_call import acknowledgement, alerts_ringing
from hearth.outbound.terms import Acknowledgement
from hearth.pathway.alarms import take_alert
from hearth.pathway.deciding import Begin, decide_concern
from hearth.pathway.raising import raise_concern
from hearth.policy.durations import elapsed
from hearth.policy.queries import pack_in_force
from hearth.timescales.queries import clocks_for
from on_duty import EVENING, rota
from walked import OPEN

SHOUTING = Told(
    danger_now=True,
    about_staff=AboutStaff.NO,
    place=Place.ELSEWHERE,
    elsewhere="The flat over the bakery",
    noticed="He shouts that he will kill her. Two children cry.",
    signs=("threat_or_weapon",),
)
AT = EVENING + timedelta(minutes=5)


@pytest.fixture
def on_duty(cast):
    """A case worker, who decides nothing and reads no concern, is on call tonight."""
    rota(cast, ("worker", 1))
    return cast.worker


def rung_for(cast, told=SHOUTING):
    reporter = cast.reporter
    with acting_as(reporter):
        return raise_concern(told, by=reporter, at=EVENING, key=uuid.uuid4(), came_by=Came.PAGE)


def ringing(viewer):
    return alerts_ringing(viewer)[0].public_id


def test_whoever_takes_the_alert_can_open_the_record_for_as_long_as_the_policy_says(cast, on_duty):
    receipt, owner = rung_for(cast), cast.owner
    with acting_as(on_duty):
        with pytest.raises(NoSuchConcern):
            concerns.concern_for(on_duty, receipt.public_id)
        place = take_alert(ringing(on_duty), by=on_duty, at=AT)
        assert (place.page, place.public_id) == ("concern", receipt.public_id)
        concern = concerns.concern_for(on_duty, receipt.public_id)
        (mine,) = [grant for grant in who_is_in(on_duty, concern.circle_id) if grant.user_id == on_duty.id]
        assert mine.part_in_it == Part.ANSWERED_ALERT
        assert mine.why
        assert mine.ends_at == AT + elapsed(pack_in_force(AT).opening("on_call").lasts)
    with acting_as(owner), pytest.raises(NoSuchConcern):
        concerns.concern_for(owner, receipt.public_id)


def test_the_reporter_is_told_that_the_on_call_lead_knows_only_after_the_alert_was_taken(cast, on_duty):
    receipt, reporter = rung_for(cast), cast.reporter
    with acting_as(reporter):
        assert acknowledgement(receipt.concern) is Acknowledgement.RINGING
    with acting_as(on_duty):
        take_alert(ringing(on_duty), by=on_duty, at=AT)
    with acting_as(reporter):
        told = concerns.just_sent(reporter, _key_of(reporter))
        assert acknowledgement(told) is Acknowledgement.ACKNOWLEDGED


def test_a_decision_before_anybody_took_the_alert_is_not_told_as_an_answer_of_whoever_is_on_call(cast, on_duty):
    receipt, reporter, triage = rung_for(cast), cast.reporter, cast.triage_officer
    with acting_as(triage):
        concern = concerns.concern_for(triage, receipt.public_id)
        decide_concern(concern, OPEN, Begin(risk=Risk.HIGH, risk_why="x"), by=triage, at=AT, key=uuid.uuid4())
    with acting_as(reporter):
        assert acknowledgement(receipt.concern) is Acknowledgement.ENDED


def test_whoever_took_it_looks_and_writes_down_what_was_done_and_passes_nothing_on(cast, on_duty):
    receipt = rung_for(cast)
    with acting_as(on_duty):
        take_alert(ringing(on_duty), by=on_duty, at=AT)
        concern = concerns.concern_for(on_duty, receipt.public_id)
        start_looking(concern, by=on_duty, at=AT)
        add_to_concern(concern, text="Police are on their way.", by=on_duty, at=AT)
        states = {clock.rule: clock.state for clock in clocks_for(on_duty, concern, at=AT)}
        assert states["concern.first_look"] == "met"
        with pytest.raises(ProgrammingError, match="not in your circle"), transaction.atomic():
            give(concern.circle_id, to=cast.owner.id, part_in_it=Part.INVITED, by=on_duty, at=AT)


def test_what_is_about_somebody_who_works_with_us_stays_shut_and_those_it_is_for_are_told(cast, on_duty):
    receipt = rung_for(cast, replace(SHOUTING, about_staff=AboutStaff.YES))
    lead, deputy = cast.lead, cast.deputy
    with acting_as(on_duty):
        assert take_alert(ringing(on_duty), by=on_duty, at=AT) is None
        with pytest.raises(NoSuchConcern):
            concerns.concern_for(on_duty, receipt.public_id)
    with acting_as(lead):
        assert receipt.public_id in {notice.about for notice in notices_for(lead, unread_only=True)}
    with acting_as(deputy):
        assert receipt.public_id not in {notice.about for notice in notices_for(deputy, unread_only=True)}


def test_postgresql_opens_nothing_to_somebody_who_did_not_take_the_alert_nor_for_ever(cast, on_duty):
    rung_for(cast)
    outsider, later = cast.outsider, AT + timedelta(hours=1)
    with acting_as(on_duty):
        which = ringing(on_duty)
        with pytest.raises(ProgrammingError, match="somebody else took"), transaction.atomic():
            open_to_answerer(which, why="curious", by=on_duty, at=AT, until=later)
        take_alert(which, by=on_duty, at=AT)
        with pytest.raises(IntegrityError, match="days at most"), transaction.atomic():
            open_to_answerer(which, why="for ever", by=on_duty, at=AT, until=AT + timedelta(days=30))
    with acting_as(outsider), pytest.raises(ProgrammingError, match="somebody else took"), transaction.atomic():
        open_to_answerer(which, why="curious", by=outsider, at=AT, until=later)


def test_a_lead_who_takes_an_alert_needs_and_gets_no_place_of_his_own(cast):
    rota(cast, ("lead", 1))
    receipt, lead = rung_for(cast), cast.lead
    with acting_as(lead):
        take_alert(ringing(lead), by=lead, at=AT)
        concern = concerns.concern_for(lead, receipt.public_id)
        assert not [grant for grant in who_is_in(lead, concern.circle_id) if grant.user_id == lead.id]


def _key_of(reporter):
    from hearth.concerns.models import Concern

    return Concern.objects.get(reported_by_id=reporter.id).idempotency_key
